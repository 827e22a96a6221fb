"""Say what is wrong with something that comes back from a department, or that cannot be handed out."""

from collections.abc import Mapping
from typing import Final

_NOTHING_TAKEN: Final = "評価書は元のままで、何も取り込んでいません。"

CIRCULATION: Final[Mapping[str, tuple[str, str, str]]] = {
    "handout_nothing": (
        "依頼する項目がありません。",
        "何も作っていません。",
        "項目番号と依頼先を指定するか、項目に担当課を設定してください。",
    ),
    "handout_waits": (
        "まだ保存できていない入力があるため、依頼用のファイルを作れません。",
        "何も作っていません。",
        "ディスクの空きを確かめ、保存が済んでから、もう一度依頼してください。",
    ),
    "date_written": (
        "「{value}」は日付として読み取れません。",
        "何も作っていません。",
        "「2024-07-10」または「令和6年7月10日」のように書いてください。",
    ),
    "return_unknown_kind": (
        "「{path}」は取り込める種類のファイルではありません。",
        _NOTHING_TAKEN,
        "部署から戻った Word 文書（.docx）か評価書ファイル（.hyoka）を指定してください。",
    ),
    "return_other_form": (
        "「{path}」の様式は、この評価書の様式と異なります。",
        _NOTHING_TAKEN,
        "この評価書から依頼したファイルか確かめてください。",
    ),
    "return_other_report": (
        "「{path}」は、この評価書から作られたファイルではありません（この評価書の履歴に、作られた時点がありません）。",
        _NOTHING_TAKEN,
        "依頼に使った評価書を開いて、取り込み直してください。",
    ),
    "return_not_handed_out": (
        "「{path}」は、この評価書の「依頼する」で作った文書ではありません。",
        _NOTHING_TAKEN,
        "依頼に使った評価書を開くか、「依頼する」で作って渡した文書を選んでください。「書き出し」で作った文書は取り込めません。",
    ),
    "return_when": (
        "「{path}」からは、いつ依頼した文書か分かりません（文書の印が消えていて、同じ内容の依頼が二つ以上あります）。",
        _NOTHING_TAKEN,
        "「依頼の状況」で、取り込み済みの古い依頼を一覧から外してから、もう一度取り込んでください。",
    ),
    "merge_stale": (
        "「{path}」の取り込みを確かめている間に、評価書が変更されました。",
        _NOTHING_TAKEN,
        "もう一度、取り込みを始めてください。",
    ),
    "merge_undecided": (
        "決まっていない所が{count}件あります。",
        _NOTHING_TAKEN,
        "どちらの内容にするかを選んでから、取り込んでください。",
    ),
    "merge_typing": (
        "取り込む欄に、入力の途中の文章があります。",
        "入力した内容は保存されています。何も取り込んでいません。",
        "評価書を開き、その文章を取り込むか消すかを決めてから、もう一度取り込んでください。",
    ),
    "file_is_shared": (
        "「{path}」は共有フォルダーにあるため、命令では書き換えません。",
        "評価書は元のままです。",
        "画面で開いて取り込むか、手元にコピーしたファイルで行ってください。",
    ),
}
