"""Say what can be wrong with a form definition."""

from collections.abc import Mapping
from typing import Final

_UNCHANGED: Final = "ファイルは変更していません。"
_FORM_UNCHANGED: Final = "評価書には影響しません。"

FORMS: Final[Mapping[str, tuple[str, str, str]]] = {
    "font_missing": (
        "様式が指定する書体「{file}」がありません。",
        _FORM_UNCHANGED,
        "様式の書体を、同梱のものに直してください。",
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
        "控えのファイルを開いてください。",
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
        "様式ファイル「{file}」が JSON として読み取れません（{why}）。",
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
        "様式ファイル「{file}」の {key}: 定義にないキーです。",
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
    "form_own_field": (
        "様式ファイル「{file}」の {key}: 欄の id「{value}」は、この製品が自分の記録に使う id です。",
        _FORM_UNCHANGED,
        "別の id にしてください。",
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
    "form_header_span": (
        "様式ファイル「{file}」の {key}: 見出しの行より下まで結合しています。",
        _FORM_UNCHANGED,
        "rowspan を見出しの行の中に収めてください。",
    ),
}
