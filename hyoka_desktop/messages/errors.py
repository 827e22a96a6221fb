"""Say errors in Japanese: what happened, what is safe, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.errors import HyokaError


@dataclass(frozen=True, slots=True)
class Message:
    """Hold the three sentences of a message."""

    what: str
    safe: str
    do: str

    @property
    def line(self) -> str:
        """Tell the message in one line, as the command line prints it."""
        return "".join((self.what, self.safe, self.do)).replace("\n", " ")


_UNCHANGED: Final = "ファイルは変更していません。"
_NOTHING_IMPORTED: Final = "何も取り込んでいません。"
_TEXT_KEPT: Final = "入力した文章は画面に残っています。"
_NOTHING_WRITTEN: Final = "元のファイルはそのままです。"
_FORM_UNCHANGED: Final = "評価書には影響しません。"

_KINDS: Final[Mapping[str, str]] = {
    "object": "オブジェクト",
    "list": "配列",
    "string": "文字列",
    "number": "数値",
    "count": "0以上の整数",
    "boolean": "真偽値",
    "null": "null",
}

_CATALOGUE: Final[Mapping[str, tuple[str, str, str]]] = {
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
    "file_read_only": (
        "「{path}」は読み取り専用で、書き込めません。",
        "保存済みの内容は無事です。",
        "書き込みできるフォルダーにコピーしてから開いてください。",
    ),
    "file_unreachable": (
        "「{path}」を開けません。{why}",
        "保存済みの内容は変わっていません。",
        "フォルダーの場所とネットワークの接続を確かめてください。",
    ),
    "file_exists": ("「{path}」は既にあります。", _UNCHANGED, "別の名前を付けてください。"),
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
    "font_missing": (
        "様式が指定する書体「{file}」がありません。",
        _FORM_UNCHANGED,
        "様式の書体を、同梱のものに直してください。",
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
    "form_unknown": (
        "様式「{form}」がありません。",
        "何も変更していません。",
        "「hyoka-desktop forms」で使える様式を確かめてください。",
    ),
    "form_installed": (
        "様式「{form}」は同梱の様式と同じ id です。",
        _FORM_UNCHANGED,
        "id を変えて、もう一度追加してください。",
    ),
    "form_altered": (
        "評価書に入っている様式「{form}」が書き換えられています。",
        _UNCHANGED,
        "バックアップのファイルを開いてください。",
    ),
    "form_other_id": (
        "様式ファイル「{file}」の id が「{found}」になっています。",
        _FORM_UNCHANGED,
        "ファイル名と id を同じにしてください。",
    ),
    "form_not_text": (
        "様式ファイル「{file}」が UTF-8 の文字で書かれていません。",
        _FORM_UNCHANGED,
        "UTF-8 で保存し直してください。",
    ),
    "form_not_json": (
        "様式ファイル「{file}」が JSON として読めません（{why}）。",
        _FORM_UNCHANGED,
        "示された行を直してください。",
    ),
    "form_value": (
        "様式ファイル「{file}」の {key}: {expected}が必要です（{found}でした）。",
        _FORM_UNCHANGED,
        "この値を直してください。",
    ),
    "form_choice": (
        "様式ファイル「{file}」の {key}: 「{value}」は使えない語です。",
        _FORM_UNCHANGED,
        "決められた語の中から選んでください。",
    ),
    "form_unknown_key": (
        "様式ファイル「{file}」の {key}: 知らないキーです。",
        _FORM_UNCHANGED,
        "つづりを直すか、キーを削除してください。",
    ),
    "form_missing_key": (
        "様式ファイル「{file}」の {key}: 必要なキーがありません。",
        _FORM_UNCHANGED,
        "キーを加えてください。",
    ),
    "form_template": (
        "様式ファイル「{file}」の {key}: 差し込み「{value}」の書き方が正しくありません。",
        _FORM_UNCHANGED,
        "{{欄の id}} の形に直してください。",
    ),
    "form_unknown_field": (
        "様式ファイル「{file}」の {key}: 欄「{value}」は宣言されていません。",
        _FORM_UNCHANGED,
        "fields に欄を加えるか、id を直してください。",
    ),
    "form_out_of_reach": (
        "様式ファイル「{file}」の {key}: 「{value}」はこの場所では使えません。",
        _FORM_UNCHANGED,
        "その欄を持つ区分・項目・行の中で使ってください。",
    ),
    "form_unknown_style": (
        "様式ファイル「{file}」の {key}: 書式「{value}」は宣言されていません。",
        _FORM_UNCHANGED,
        "styles に書式を加えるか、名前を直してください。",
    ),
    "form_unknown_font": (
        "様式ファイル「{file}」の {key}: 書体「{value}」は宣言されていません。",
        _FORM_UNCHANGED,
        "fonts に書体を加えるか、名前を直してください。",
    ),
    "form_unknown_tab": (
        "様式ファイル「{file}」の {key}: タブ「{value}」は宣言されていません。",
        _FORM_UNCHANGED,
        "tabs にタブを加えるか、id を直してください。",
    ),
    "form_field_id": (
        "様式ファイル「{file}」の {key}: 欄の id「{value}」には半角の英数字と下線だけが使えます。",
        _FORM_UNCHANGED,
        "id を直してください。",
    ),
    "form_form_id": (
        "様式ファイル「{file}」の {key}: 様式の id「{value}」は使えません。",
        _FORM_UNCHANGED,
        "半角の英数字・ハイフン・下線だけの、60字以内の名前に直してください。",
    ),
    "form_twice": (
        "様式ファイル「{file}」の {key}: 欄「{value}」が二度宣言されています。",
        _FORM_UNCHANGED,
        "一方の id を変えてください。",
    ),
    "form_margins": (
        "様式ファイル「{file}」の {key}: 余白が用紙{value}に対して大き過ぎるか、負の値です。",
        _FORM_UNCHANGED,
        "余白を直してください。",
    ),
    "form_row_width": (
        "様式ファイル「{file}」の {key}: 行の幅が表の{value}列を超えています。",
        _FORM_UNCHANGED,
        "colspan の合計を直してください。",
    ),
    "json_broken": (
        "「{file}」が JSON として読めません（{why}）。",
        _NOTHING_IMPORTED,
        "ファイルを作り直してください。",
    ),
    "json_too_deep": ("「{file}」の入れ子が深過ぎます。", _NOTHING_IMPORTED, "ファイルを作り直してください。"),
    "json_too_large": (
        "「{file}」が大き過ぎます（上限64MB）。",
        _NOTHING_IMPORTED,
        "評価書のデータか確かめてください。",
    ),
    "json_not_text": (
        "「{file}」が UTF-8 の文字で書かれていません。",
        _NOTHING_IMPORTED,
        "UTF-8 で保存し直してください。",
    ),
    "json_other_format": (
        "「{file}」は評価書の交換形式（hyoka-interchange）ではありません。",
        _NOTHING_IMPORTED,
        "ファイルを確かめてください。",
    ),
    "json_other_version": (
        "「{file}」の交換形式は版{version}で、このプログラムでは読めません（読めるのは版1）。",
        _NOTHING_IMPORTED,
        "新しい版のプログラムで取り込んでください。",
    ),
    "json_other_form": (
        "「{file}」など、様式の違うファイルは一つの評価書にまとめられません（{forms}）。",
        _NOTHING_IMPORTED,
        "同じ様式のファイルだけを指定してください。",
    ),
    "json_same_year": (
        "「{file}」と同じ年度（{year}）のファイルが二つあります。",
        _NOTHING_IMPORTED,
        "年度ごとに一つだけ指定してください。",
    ),
    "json_type": (
        "「{file}」 {path}: {expected}が必要です（{found} でした）。",
        _NOTHING_IMPORTED,
        "この値を直してください。",
    ),
    "json_unknown_key": (
        "「{file}」 {path}: 知らないキーです。",
        _NOTHING_IMPORTED,
        "つづりを直すか、キーを削除してください。",
    ),
    "json_missing_key": (
        "「{file}」 {path}: 必要なキーがありません。",
        _NOTHING_IMPORTED,
        "キーを加えてください（空でも構いません）。",
    ),
    "json_undeclared_field": (
        "「{file}」 {path}: この様式にない欄です。",
        _NOTHING_IMPORTED,
        "欄を持つ様式を使うか、値を空にしてください。",
    ),
    "json_year": (
        "「{file}」 {path}: 「{value}」は年度（西暦4桁）ではありません。",
        _NOTHING_IMPORTED,
        "2023 のように直してください。",
    ),
    "json_later_year": (
        "「{file}」 {path}: 「{value}」は評価対象年度より後です。",
        _NOTHING_IMPORTED,
        "評価対象年度までの値だけを入れてください。",
    ),
    "json_current_year": (
        "「{file}」 {path}: 評価対象年度の値はここには置けません。",
        _NOTHING_IMPORTED,
        "年度自身の値は、その年度の欄に入れてください。",
    ),
    "json_empty": (
        "「{file}」 {path}: 空のままでは置けません。",
        _NOTHING_IMPORTED,
        "値を入れるか、キーを削除してください。",
    ),
    "json_one_line": (
        "「{file}」 {path}: 改行のない、空でない一行が必要です。",
        _NOTHING_IMPORTED,
        "改行を取り除いてください。",
    ),
    "json_date": ("「{file}」 {path}: 日付は 2024-06-28 の形が必要です。", _NOTHING_IMPORTED, "日付を直してください。"),
    "json_choice": ("「{file}」 {path}: 次のどれかが必要です：{value}。", _NOTHING_IMPORTED, "値を直してください。"),
    "json_twice": ("「{file}」 {path}: 「{value}」が二度あります。", _NOTHING_IMPORTED, "一方を直してください。"),
    "json_unmatched": (
        "「{file}」 {path}: 前の年度に対応するものがありません（{value}）。",
        _NOTHING_IMPORTED,
        "項目番号、行の順序、中期目標の文を前の年度と合わせてください。",
    ),
    "json_order": (
        "「{file}」 {path}: 「{value}」の順序が、前の年度と違います。",
        _NOTHING_IMPORTED,
        "並び順を前の年度と同じにしてください。",
    ),
    "json_left_over": (
        "「{file}」 {path}: 前の年度にある「{value}」がありません。",
        _NOTHING_IMPORTED,
        "項目と行を前の年度と合わせてください。",
    ),
    "json_conflict": (
        "「{file}」 {path}: {value}年度の値が、その年度のファイルと違います。",
        _NOTHING_IMPORTED,
        "どちらかの値を直してください。",
    ),
}


def error_codes() -> frozenset[str]:
    """Tell all codes that have a message."""
    return frozenset(_CATALOGUE)


def message_of(error: HyokaError) -> Message:
    """Say an error in Japanese; KeyError where the catalogue lacks its code."""
    parameters = {name: _spoken(name, value) for name, value in error.parameters.items()}
    parts = (part.format_map(_Spoken(parameters)) for part in _CATALOGUE[error.code])
    return Message(*parts)


class _Spoken(dict[str, str]):
    """Fill a parameter that the error did not give with nothing."""

    def __missing__(self, name: str) -> str:
        return ""


def _spoken(name: str, value: str | int) -> str:
    if name in {"expected", "found"}:
        kind, _, shown = str(value).partition(" ")
        return f"{_KINDS.get(kind, kind)} {shown}".strip()
    return str(value)
