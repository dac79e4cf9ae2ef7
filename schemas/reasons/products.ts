import type { ReasonTexts } from '../reason-texts.ts';

/** Settings of board products that show to others, or hide, what the hub writes (adapters/sql/presets). */
export const productsReasons = {
  gnuboard_officers: [
    '게시판 관리자도 그룹 관리자도 없어, 최고관리자의 댓글만 답변으로 옮깁니다. GNUBoard의 게시판 관리에서 게시판 관리자를 정하거나, 기관 설정의 parameters에 officers(아이디)나 officerLevel(회원 레벨)을 적으십시오. 최고관리자만 답변한다면 checks에 officers: false를 적으십시오',
    'neither the board nor its group has an administrator, so only the site’s administrator answers. Name the board’s administrator in GNUBoard, or officers (mb_id) or officerLevel in the agency’s parameters; if only the site’s administrator answers, write officers: false under checks',
  ],
  gnuboard_locked_out: [
    'officers나 officerLevel로 정한 담당자는 게시판 관리자가 아니면 GNUBoard에서 비밀글을 열 수 없어, 허브가 옮긴 민원을 읽지 못합니다. 그 담당자가 허브가 옮긴 글에 답변해야 한다면 게시판 관리자나 그룹 관리자로 정하십시오. 알고 있다면 checks에 locked_out: false를 적으십시오',
    'officers by name or level who administer neither board nor group cannot open secret posts, and so not what the hub brings. Make them administrators if they have to answer it; if that is known, write locked_out: false under checks',
  ],
  gnuboard_titles: [
    'title: shown인데 목록을 일반 회원이나 비회원도 볼 수 있어, 허브가 옮긴 비밀글의 제목과 민원인 이름이 보입니다. title: hidden으로 두거나, 게시판의 목록보기 권한을 3 이상으로 올리십시오. 뜻한 것이라면 checks에 titles: false를 적으십시오',
    'title is shown, and ordinary members or guests see the list, and in it title and name of secret posts that the hub brings. Set title: hidden, or raise the list’s level to 3 or more; if it is meant so, write titles: false under checks',
  ],
  gnuboard_list_content: [
    '목록에서 내용을 보이는 게시판입니다. 스킨에 따라 비밀글의 내용도 목록에 나옵니다. 게시판 설정에서 목록에서 내용 사용을 끄십시오. 스킨이 비밀글을 가린다면 checks에 list_content: false를 적으십시오',
    'this board shows texts in its list; with some skins those of secret posts too. Turn that off; if the skin hides them, write list_content: false under checks',
  ],
  gnuboard_guests: [
    '글쓰기 권한보다 글읽기 권한이 높아, 글을 쓴 사람 가운데 답변을 읽지 못하는 사람이 있습니다. 게시판의 글읽기 권한을 글쓰기 권한까지 내리십시오. 답변을 다른 길로 알린다면 checks에 guests: false를 적으십시오',
    'reading needs a higher level than writing, so some who file here cannot read the answer. Lower the level for reading; if they are told otherwise, write guests: false under checks',
  ],
  gnuboard_open_posts: [
    '허브가 전에 옮긴 비밀글에 비밀번호가 비어 있습니다. G5_STRING_ENCRYPT_FUNCTION이 sql_password인 GNUBoard에서는 빈 비밀번호로 누구나 열 수 있습니다. 그 글들(wr_ip, mb_id, wr_password가 모두 빈 행)의 wr_password를 *로 바꾸십시오',
    'secret posts that the hub brought earlier have an empty password. Where G5_STRING_ENCRYPT_FUNCTION is sql_password, anybody opens them by an empty one. Set wr_password of these rows (wr_ip, mb_id and wr_password empty) to *',
  ],
  xe_list_open: [
    'title: shown인데 게시판 목록을 누구나 볼 수 있어, 허브가 옮긴 비밀글의 제목과 민원인 이름이 모두에게 보입니다. title: hidden으로 두거나, 게시판 설정에서 상담 기능을 켜거나 목록 권한을 관리자로 바꾸십시오. 뜻한 것이라면 checks에 open_list: false를 적으십시오',
    'title is shown, and anybody may see the board’s list, and in it the title and the name of secret posts that the hub brings. Set title: hidden, turn on consultation, or give the list to managers only; if it is meant so, write open_list: false under checks',
  ],
  xe_comments_off: [
    '이 게시판은 댓글을 관리자 승인 뒤에 보여 줍니다. 허브가 옮긴 답변은 바로 보이지만, 게시판에 직접 쓴 답변은 승인하기 전에는 허브에 들어오지 않습니다. 담당자를 게시판 관리자로 두고 바로 승인하십시오. 알고 있다면 checks에 approval: false를 적으십시오',
    'this board shows comments after approval only: answers written on it come in once a manager approves them. If that is known, write approval: false under checks',
  ],
  xe_guests_comment: [
    '비회원도 댓글을 쓸 수 있는데, XE는 비회원이 보낸 회원 번호를 그대로 믿어 누구나 관리자 이름으로 댓글을 달 수 있습니다. 그래서 이 게시판의 댓글은 답변으로 옮기지 않습니다. 댓글 작성 권한을 회원으로 바꾸십시오',
    'guests may comment, and XE believes the member’s number that a guest sends, so anybody can comment as an administrator. No comment of this board is taken for an answer until only members may comment',
  ],
  kboard_comments_off: [
    '게시판이 댓글을 쓰지 않아 허브가 옮긴 답변이 보이지 않습니다. KBoard 게시판 설정에서 댓글 사용을 켜십시오',
    'the board shows no comments, so nobody sees the answers that the hub brings. Turn comments on in the settings of the board',
  ],
  kboard_comments_unread: [
    '댓글을 볼 수 있는 사람이 제한되어, 비회원으로 민원을 쓴 사람은 답변을 볼 수 없습니다. KBoard 게시판 설정에서 댓글 보기 권한의 제한을 푸십시오. 비회원이 쓰지 않는 게시판이라면 checks에 comments_unread: false를 적으십시오',
    'not everybody may read comments, so a guest who wrote a complaint cannot read its answer. Let everybody read comments (secret posts stay closed); if guests do not write on this board, write comments_unread: false under checks',
  ],
  kboard_list_open: [
    'title: shown인데 게시판 목록을 누구나 볼 수 있어, 허브가 옮긴 비밀글의 제목과 민원인 이름이 모두에게 보입니다. title: hidden으로 두거나, KBoard 게시판 설정에서 목록 보기를 자신의 글만 보기로 바꾸십시오(그러면 비회원은 자기 글도 볼 수 없습니다). 뜻한 것이라면 checks에 open_list: false를 적으십시오',
    'title is shown, and anybody may see the board’s list, and in it the title and the name of secret posts that the hub brings. Set title: hidden, or let people list their own posts only (guests then cannot open theirs either); if it is meant so, write open_list: false under checks',
  ],
  wordpress_time_zone: [
    '워드프레스의 시간대가 기관 설정의 timeZone과 달라, 허브가 글을 쓴 뒤에 올라온 글을 오래된 글로 보고 지나칩니다. 워드프레스의 설정 > 일반에서 시간대를 맞추거나 기관 설정의 timeZone을 고치십시오',
    'WordPress keeps another time zone than the agency’s timeZone, so what people write after the hub has written looks old and is passed over. Set the same zone in WordPress (Settings, General) or in the agency’s configuration',
  ],
  wordpress_no_category: [
    'category에 적은 번호의 분류가 없어 아무 글도 옮기지 않습니다. 워드프레스의 글 > 카테고리에서 분류를 열면 주소의 tag_ID가 그 번호입니다(오래된 사이트에서는 term_taxonomy 표의 term_taxonomy_id를 확인하십시오)',
    'there is no category with the number in category, so no post is read. Open the category in WordPress (Posts, Categories): its number is the tag_ID in the address (on old sites look up term_taxonomy_id in the table term_taxonomy)',
  ],
  egov_replies_off: [
    '게시판의 답글이 꺼져 있어 담당자가 답변할 수 없습니다. 게시판 관리에서 답장가능여부를 켜십시오',
    'replies are turned off on this board, so officers cannot answer on it. Let it take replies',
  ],
  egov_reader_unknown: [
    'reader에 적은 사람이 업무사용자(COMVNUSERMASTER의 USR)가 아니어서 허브가 옮긴 비밀글을 아무도 열 수 없습니다. 이 게시판을 맡은 관리자(ROLE_ADMIN)의 ESNTL_ID를 reader에 적으십시오',
    'the reader is no user of the office (USR in COMVNUSERMASTER), so nobody can open the secret posts that the hub brings. Give the ESNTL_ID of the administrator (ROLE_ADMIN) who has this board as reader',
  ],
  webform_state_open: [
    'state에 적은 번호의 필드가 없거나 비공개(Private)가 아니어서, 민원인이 처리 상태를 바꾸고 답변을 지어낼 수 있습니다. 그동안은 이 양식의 상태와 답변을 옮기지 않습니다. Webform의 필드 설정에서 처리 상태를 Private으로 두십시오',
    'there is no field with the number in state, or it is not private, so citizens could set the state and make up an answer. Until it is private in Webform, neither state nor answer of this form is read',
  ],
  webform_own_edits: [
    '“Edit own webform submissions” 권한을 받은 역할이 있어, 민원인이 자기 글에 적힌 답변을 바꿀 수 있습니다. 드루팔의 권한 화면에서 그 권한을 거두십시오. 이 양식에 해당하지 않는다면 checks에 own_edits: false를 적으십시오',
    'a role has “Edit own webform submissions”, by which citizens can change the answer in what they filed. Take it away in Drupal’s permissions; if it does not concern this form, write own_edits: false under checks',
  ],
} as const satisfies ReasonTexts;
