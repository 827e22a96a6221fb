"""The words of the command line."""

import re
from collections.abc import Mapping
from typing import Final

HELP: Final[Mapping[str, str]] = {
    "program": "評価書を、ネットワークなしで作成・印刷します。命令を付けずに実行すると画面が開きます。"
    "評価書ファイルだけを付けると、その評価書を画面で開きます。",
    "file": "評価書ファイル（.hyoka）",
    "demo": "見本の評価書と、その Word・PDF を作り、画面があれば開きます",
    "new": "空の評価書を作ります",
    "import": "交換形式（JSON）から評価書を作ります。年度ごとのファイルを複数指定できます",
    "dump": "評価書の一年度を交換形式（JSON）で出します",
    "sources": "交換形式（JSON）のファイル。一つが一年度",
    "export": "Word・PDF・Excel に書き出します",
    "check": "点検を実行します（規則はまだ組み込まれていません）",
    "verify": "ファイルの健全性と変更履歴を確かめます",
    "backup": "評価書の写しを作り、確かめます",
    "recover": "壊れた評価書を調べ、読み取れる内容を新しいファイルに復旧します",
    "handout": "項目を部署に渡すファイルを作り、依頼として記録します。--items と --to がなければ、担当課ごとに作ります",
    "return": "部署から戻ったファイルで何が変わるかを示します。--apply を付けると取り込みます",
    "merge": "同じ評価書の写しで何が変わるかを示します。--apply を付けると取り込みます",
    "returned": "部署から戻ったファイル",
    "other": "同じ評価書の写し（.hyoka）",
    "to": "依頼先の部署。--items と一緒に指定します",
    "due": "期限（2024-07-10 または 令和6年7月10日）",
    "packet": "Word の代わりに、項目だけの評価書ファイル（.hyoka）を作ります",
    "take": "双方が同じ所を変えていたときに採る側（ours：こちら、theirs：先方）",
    "apply": "確かめるだけでなく、控えを作ってから取り込みます",
    "forms": "使える様式を一覧します。add で追加、check で検査します",
    "out": "出力先",
    "keep": "写しの代わりに、画面が30分ごとに残すのと同じ控えを残します"
    "（変更があるときだけ。二つ目の保存先にも残し、古い控えは間引きます）",
    "list": "残っている控えを、新しい順に一覧します",
    "year": "年度（2024 または 令和6年度）",
    "form": "様式の id（hyoka-desktop forms で一覧します）",
    "form_file": "様式のファイル（.json）",
    "organization": "法人名",
    "docx": "Word の出力先",
    "pdf": "PDF の出力先",
    "xlsx": "Excel の出力先（表だけを書き出します）",
    "set": "書き出しの設定の名（提出用・ヒアリング用・公表用・照会用、または自分で保存した名）",
    "document": "評価書の代わりに作る文書の id（様式が持つもの。例：hearing・ratings）",
    "items": "項目番号（例：Ⅰ-1,Ⅱ-2）。指定しなければ全体",
    "handout_items": "依頼する項目番号（例：Ⅰ-1,Ⅱ-2）。--to と一緒に指定します",
    "blank": "空欄に記載要領を印刷せず、空白にします",
    "json": "結果を JSON で出します",
    "rules": "点検の系統（例：F,P,N）",
    "version": "版を表示します",
    "anchor": "控えの印（書き出した文書に記録されたもの）",
}
WRONG_USE: Final = "命令の使い方が正しくありません{detail}。「hyoka-desktop --help」で使い方を確かめてください。"
_DETAILS: Final = (
    (r"the following arguments are required: (.+)", "（{0} が必要です）"),
    (r"unrecognized arguments: (.+)", "（{0} は使えません）"),
    (r".*invalid choice: '(.*?)'.*", "（「{0}」という命令はありません）"),
    (r"argument (\S+): expected .*", "（{0} に値が必要です）"),
)
NO_DOCUMENT: Final = "書き出す文書が指定されていません。--docx・--pdf・--xlsx のどれかを付けてください。"
MADE: Final = "作成しました: {path}"
EXPORTED: Final = "書き出しました: {path}（{pages}ページ）"
CLEANED: Final = "文字を整えました: {path}（{details}）"
MISSING: Final = "注意: 書体にない文字があり、PDF では〓になります: {place}（{characters}）"
LACKING: Final = "注意: 指標の値がなく、【？】と印刷されます: {place}（{name}）"
BACKUP_UNCHANGED: Final = "前の控えから変わっていないため、控えは作りませんでした。"
BACKUP_LINE: Final = "{time}\t{reason}\t{path}"
NO_RULES: Final = "点検の規則はまだ組み込まれていません。指摘はありません。"
FINDINGS: Final = "指摘は{count}件です。"
DRAFTS_DOUBTED: Final = (
    "入力の途中だった文章 {count} 件が、書かれたときと違っています。保存済みの内容と変更履歴に異常はありません。"
    "評価書を開くと、その文章に【要確認：下書き】を付けて示すので、確かめてください。"
)
VERIFIED_FACTS: Final = "保存済みの内容と変更履歴に異常はありません。控えの印: {anchor}"
VERIFIED: Final = "異常ありません。控えの印: {anchor}"
ANCHOR_DIFFERS: Final = (
    "控えの印が一致しません（ファイル: {found}、指定: {given}）。"
    "この文書は、このファイルのどの時点の内容とも一致しないか、履歴が書き換えられています。"
)
ANCHOR_IS_NOW: Final = "改ざん検知（控えとの照合）: 控えの印は、今の内容と一致します。"
ANCHOR_IS_EARLIER: Final = (
    "改ざん検知（控えとの照合）: 控えの印は、{time} の内容と一致します。その後に{count}件の変更があります。"
)
HANDED_OUT: Final = "依頼用のファイルを作りました: {to} {path}"
UNDECIDED: Final = (
    "「{path}」は、決まっていない所が{count}件あるため取り込んでいません。評価書は元のままです。"
    "--take ours または --take theirs を付けるか、画面で選んでください。"
)
RECOVERED: Final = "復旧しました: {path}"
RECORDED: Final = "復旧の記録: {path}"
NOT_DAMAGED: Final = "「{path}」に異常はありません。復旧の必要はありません。"
_COPY_READ: Final = "{who}が使用中のため、{time} 時点の写しを読みました。"
NO_DISPLAY: Final = "画面がないため、見本の Word・PDF と、画面の写し（PNG）を作りました。"
FORM_LINE: Final = "{id}\t{name}"
FORM_GOOD: Final = "様式「{name}」（{id}）に誤りはありません。"
FORM_ADDED: Final = "様式「{name}」（{id}）を追加しました。"
CRASHED: Final = (
    "プログラムの不具合で止まりました（{kind}）。保存済みの内容は無事です。この表示を開発元に知らせてください。"
)
ODDITIES: Final[Mapping[str, str]] = {
    "line_end": "特殊な改行",
    "control": "制御文字",
    "noncharacter": "文字でない符号",
    "surrogate": "対でない代用符号",
    "direction": "文字の向きの制御",
}


def copy_read(person: str, at: str) -> str:
    """Say that a copy was read, of which time (ISO text), and who holds the file; the person may be unknown."""
    return _COPY_READ.format(who=f"{person}さん" if person else "別のプログラム", time=at[11:16])


def anchor_found(at: str, followed_by: int) -> str:
    """Say which state of the file an anchor stands for, by the time of its command (ISO text)."""
    if not followed_by:
        return ANCHOR_IS_NOW
    return ANCHOR_IS_EARLIER.format(time=at[:16].replace("T", " "), count=followed_by)


def wrong_use(complaint: str) -> str:
    """Say in Japanese what argparse complains of in English."""
    for pattern, sentence in _DETAILS:
        found = re.fullmatch(pattern, complaint)
        if found is not None:
            return WRONG_USE.format(detail=sentence.format(*found.groups()))
    return WRONG_USE.format(detail="")
