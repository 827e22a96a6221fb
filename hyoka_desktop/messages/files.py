"""Say what can go wrong with files and with the command line."""

from collections.abc import Mapping
from typing import Final

_UNCHANGED: Final = "ファイルは変更していません。"
_TEXT_KEPT: Final = "入力した文章は画面に残っています。"
_NOTHING_WRITTEN: Final = "元のファイルはそのままです。"

FILES: Final[Mapping[str, tuple[str, str, str]]] = {
    "output_set_unknown": (
        "「{name}」という書き出しの設定はありません。",
        _UNCHANGED,
        "提出用・ヒアリング用・公表用・照会用か、保存した設定の名を指定してください。",
    ),
    "document_unknown": (
        "様式「{form}」に「{document}」という文書はありません。",
        _UNCHANGED,
        "様式が持つ文書の id を確かめてください。",
    ),
    "file_not_ours": (
        "「{path}」は評価書ファイルではありません。",
        _UNCHANGED,
        "拡張子が .hyoka の評価書ファイルを選んでください。",
    ),
    "file_empty": (
        "「{path}」は中身のない空のファイルです。",
        _UNCHANGED,
        "コピーの途中で止まった可能性があります。元のファイルをもう一度コピーしてください。",
    ),
    "file_newer": (
        "「{path}」は、より新しい版のプログラムで作られています（形式{version}）。",
        _UNCHANGED,
        "新しい版の評価書作成プログラムで開いてください。",
    ),
    "file_damaged": (
        "「{path}」は壊れています。",
        _UNCHANGED,
        "コピーし直すか、バックアップのファイルを開いてください。",
    ),
    "file_facts_differ": (
        "「{path}」の内容が、保存時の控えと一致しません。",
        _UNCHANGED,
        "入力中のファイルをコピーした可能性があります。コピーし直すか、バックアップを開いてください。",
    ),
    "file_log_differs": (
        "「{path}」の変更履歴が、保存時の控えと一致しません。",
        _UNCHANGED,
        "バックアップのファイルと比べてください。",
    ),
    "file_pragma": (
        "「{path}」を安全な方式で開けません（{name}={found}）。",
        _UNCHANGED,
        "ファイルをこのパソコンのフォルダーにコピーしてから開いてください。",
    ),
    "file_in_use": (
        "「{path}」は{person}さん（{computer}）が{since}から使用中です。",
        _UNCHANGED,
        "相手が閉じてから、もう一度開いてください。",
    ),
    "file_locked": (
        "「{path}」は別のプログラムが使用中です。",
        _UNCHANGED,
        "他の画面で開いていないか確かめ、閉じてからもう一度試してください。",
    ),
    "copy_torn": (
        "「{path}」は使用中で、書き込みが続いているため、写しを取れません。",
        _UNCHANGED,
        "少し待ってからもう一度試してください。続く場合は、相手が閉じてから開いてください。",
    ),
    "copy_no_place": (
        "写しを、このパソコンの一時フォルダーに置けません。",
        _UNCHANGED,
        "ディスクの空きを確かめ、もう一度試してください。",
    ),
    "file_read_only": (
        "「{path}」は読み取り専用で、書き込めません。",
        "保存済みの内容は無事です。",
        "書き込みできるフォルダーにコピーしてから開いてください。",
    ),
    "file_unreachable": (
        "「{path}」を開けません。",
        "保存済みの内容は変わっていません。",
        "フォルダーの場所とネットワークの接続を確かめてください。",
    ),
    "file_exists": ("「{path}」は既にあります。", _UNCHANGED, "別の名前を付けてください。"),
    "name_too_long": ("ファイル名が長過ぎます：「{path}」。", "何も変更していません。", "短い名前に変えてください。"),
    "folder_failed": (
        "フォルダー「{path}」を作れません。",
        "何も作っていません。",
        "同じ名前のファイルがないか、書き込みの権限があるかを確かめてください。",
    ),
    "export_is_folder": (
        "「{path}」はフォルダーで、ファイルとして書き出せません。",
        _NOTHING_WRITTEN,
        "ファイルの名前まで指定してください。",
    ),
    "output_is_report": (
        "書き出し先に、評価書ファイル「{path}」は指定できません。",
        _UNCHANGED,
        "別の名前を指定してください。",
    ),
    "outputs_same": (
        "Word と PDF の書き出し先が同じです：「{path}」。",
        _NOTHING_WRITTEN,
        "それぞれ別の名前を指定してください。",
    ),
    "output_failed": (
        "結果を出力できません。",
        _NOTHING_WRITTEN,
        "出力先の空きを確かめるか、-o でファイルに出してください。",
    ),
    "disk_full": (
        "「{path}」のあるディスクの空きがなく、保存できません。",
        _TEXT_KEPT,
        "不要なファイルを削除してください。空きができ次第、自動で保存します。",
    ),
    "no_folder": (
        "フォルダー「{path}」がありません。",
        "何も作っていません。",
        "フォルダーを作るか、別の場所を選んでください。",
    ),
    "cannot_read": (
        "「{path}」を読めません。",
        "何も変更していません。",
        "ファイルの場所と読み取りの権限を確かめてください。",
    ),
    "export_disk_full": (
        "ディスクの空きがなく、「{path}」に書き出せません。",
        _NOTHING_WRITTEN,
        "空きを作るか、別の場所に書き出してください。",
    ),
    "export_no_folder": (
        "書き出し先のフォルダーがありません：「{path}」。",
        _NOTHING_WRITTEN,
        "フォルダーを作るか、別の場所を選んでください。",
    ),
    "export_in_use": (
        "「{path}」に書き込めません。",
        _NOTHING_WRITTEN,
        "Word や PDF の画面で開いていれば閉じてください。別の名前で書き出すこともできます。",
    ),
    "export_failed": (
        "「{path}」に書き出せません。",
        _NOTHING_WRITTEN,
        "場所と権限を確かめ、もう一度書き出してください。",
    ),
    "xlsx_cell_too_long": (
        "シート「{sheet}」のセル {cell} の文章が、Excel のセルに入る長さ（32,767文字）を超えています。",
        "何も書き出していません。",
        "その欄の文章を短くするか、Word か PDF で書き出してください。",
    ),
    "item_unknown": (
        "項目番号「{number}」の項目がありません。",
        "何も書き出していません。",
        "項目番号を確かめてください。",
    ),
    "year_unknown": (
        "{year}年度はこの評価書にありません。",
        "何も変更していません。",
        "次の年度を指定してください：{known}。",
    ),
    "year_written": (
        "年度「{value}」が読み取れません。",
        "何も変更していません。",
        "2024 か「令和6年度」のように指定してください。",
    ),
    "file_missing": (
        "「{path}」がありません。",
        "何も変更していません。",
        "名前と場所を確かめてください。移動した場合は、移動先のファイルを開いてください。",
    ),
    "name_impossible": (
        "「{path}」はファイルの名前にできません。",
        "何も変更していません。",
        "別の名前を付けてください。",
    ),
}
