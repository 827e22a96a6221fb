"""The words on saving, recovery, and files that others hold."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "copy_title": "{heading} — {time}時点の写し（閲覧のみ） — {application}",
    "copy_state": "{time}時点の写し（閲覧のみ）",
    "in_use_title": "使用中の評価書",
    "in_use_do": "相手が閉じてから開き直すか、今の内容の写しを見てください。写しは閲覧と書き出しだけができます。",
    "look_at_copy": "写しを見る",
    "saved": "保存済み {time}",
    "saved_without_room": "保存済み {time}（ディスクの空きがありません）",
    "trouble_retry": "もう一度保存する",
    "trouble_elsewhere": "別の場所に保存…",
    "trouble_name": "{heading}（退避 {time}）",
    "trouble_moved": "「{name}」に保存し、そのファイルで作業を続けています。",
    "trouble_moved_without_history": "「{name}」に保存し、そのファイルで作業を続けています。"
    "これまでの履歴は、元のファイルにあります。",
    "saving": "保存待ち",
    "unsaved": "未保存：{what}",
    "recover_title": "前回終了時に入力の途中だった文章があります",
    "recover_text": "画面に入力され、まだ評価書の内容になっていない文章です。取り込みますか。\n"
    "「あとで決める」を選ぶと、ファイルの中に取っておき、次に開いた時にもう一度お尋ねします。",
    "recover_doubted": "【要確認：下書き】の付いた{count}件は、ファイルの破損のため、入力した文章と違っています。\n"
    "保存済みの内容に破損はありません。印の付いた文章は、確かめてから取り込んでください。",
    "mark_draft": "【要確認：下書き】",
    "recover_take": "取り込む",
    "recover_later": "あとで決める",
    "recover_drop": "取り込まずに消す",
    "place_rewriting": "コメントの書き直し",
    "recover_taking": "{place}（戻ったファイルの取り込みの画面で書き、まだ取り込んでいない文）",
    "recover_comment": "コメント（{place}）",
    "recover_in_year": "{place}（{year}）",
    "recover_left": "{count}件は、書き込む場所がこの評価書にないため、取り込めませんでした（{places}）。\n"
    "その入力はファイルの中に取ってあり、消えません。\n"
    "必要な文章は、次に開いた時の確認の画面から書き写してください。",
    "recover_more": " ほか",
    "recover_held": "確定した項目の入力 {count} 件は、取り込めませんでした（{places}）。\n"
    "その入力はファイルの中に取ってあり、消えません。\n"
    "項目の確定を解除すると、取り込むかどうかを、もう一度お尋ねします。",
    "recover_where": "欄",
    "recover_before": "保存済みの内容",
    "recover_after": "入力途中の文",
    "unfinished_close": "保存できていない入力があります。\n入力は画面に残っています。\n"
    "もう一度保存を試すか、別の場所に保存してください。",
    "unfinished_broken": "不具合で、この評価書への保存が止まっています。\n入力は画面に残っています。\n"
    "別の場所に保存してから閉じてください。",
    "backup_unsaved": "写しを作れませんでした。\nまだ保存できていない入力がありますが、画面に残っています。\n"
    "ディスクの空きを確かめ、「保存済み」になってから、もう一度試してください。",
    "retry": "もう一度試す",
    "discard": "保存せずに閉じる",
}
