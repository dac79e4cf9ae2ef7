import type { Texts } from '../web/texts.ts';

/** Texts of the frame of every page, and of error pages. */
export const frameTexts: Texts = {
  'site.name': ['민원 허브', 'Minwon Hub'],
  'site.motto': ['기관 통합 민원 창구', 'One complaint desk for all agencies'],
  'site.skip': ['본문 바로가기', 'Skip to content'],
  'site.menu': ['주 메뉴', 'Main menu'],
  'site.footer': [
    '모든 시각은 한국 표준시(Asia/Seoul)입니다. 개인정보는 업무 목적으로만 열람하십시오.',
    'All times are Korean time (Asia/Seoul). Look at personal data for your work only.',
  ],

  'live.lost': [
    '이 화면은 지금 저절로 새로 고쳐지지 않습니다. 보이는 내용이 지난 것일 수 있습니다.',
    'This page does not refresh itself now. What it shows may be out of date.',
  ],
  'live.reload': ['새로 고침', 'Load it again'],

  'sign_out.action': ['로그아웃', 'Sign out'],

  'error.prefix': ['오류:', 'Error:'],
  'error.home': ['처음으로', 'To the board'],
  'error.not_found.title': ['페이지를 찾을 수 없습니다', 'Page not found'],
  'error.not_found.text': [
    '주소가 바뀌었거나 볼 수 있는 권한이 없습니다.',
    'It does not exist, or not for you.',
  ],
  'error.forbidden.title': ['권한이 없습니다', 'Not allowed'],
  'error.forbidden.text': [
    '이 일을 할 수 있는 권한이 없습니다. 관리자에게 문의하십시오.',
    'You have no right to do this. Ask the administrator.',
  ],
  'error.masked.title': ['개인정보는 가려서 보여 줍니다', 'Personal data is masked for you'],
  'error.masked.text': [
    '이 역할에는 민원인의 이름과 연락처를 가려서 보여 주므로, 이름과 내용이 그대로 있는 알림 본문은 열 수 없습니다. 누구에게 언제 보냈는지는 알림 보관함에 있습니다.',
    'Your role sees names and contacts masked, so the text of a notice, which has them, is not opened. To whom and when it went stands in the list of notices.',
  ],
  'error.foreign_form.title': ['요청을 확인할 수 없습니다', 'This form cannot be trusted'],
  'error.foreign_form.text': [
    '로그인이 바뀌었거나 다른 곳에서 온 요청입니다. 페이지를 다시 열고 시도하십시오.',
    'Your session changed, or the form came from elsewhere. Open the page again and retry.',
  ],
  'error.stale_form.title': ['요청을 확인할 수 없습니다', 'This form cannot be trusted'],
  'error.stale_form.text': [
    '이 화면을 연 뒤에 로그인이 바뀌어 보내지 않았습니다. 페이지를 다시 열고 시도하십시오.',
    'Your session changed since the page was opened, so nothing was sent. Open the page again and retry.',
  ],
  'lost.go_on': ['이어서 쓰기', 'Go on with it'],

  'error.not_a_form.title': ['이 형식의 요청은 받지 않습니다', 'This kind of request is not taken'],
  'error.not_a_form.text': [
    '화면의 양식을 application/x-www-form-urlencoded로 보내십시오. 파일은 첨부 칸이 있는 화면에서만 받습니다.',
    'Send the form of the page as application/x-www-form-urlencoded. Files are taken only where the page asks for them.',
  ],
  'error.busy.title': ['지금 요청이 몰리고 있습니다', 'Too much at once'],
  'error.busy.text': ['몇 초 뒤에 다시 시도하십시오.', 'Please try again in a few seconds.'],
  'error.public_url.title': ['허브 주소를 먼저 설정하십시오', 'The address of the hub has to be set first'],
  'error.public_url.text': [
    '인증키와 설치 명령, 메일의 링크에는 허브가 스스로 아는 주소만 적습니다. 환경 변수 PUBLIC_URL에 허브 주소(예: https://hub.example.kr)를 적고 다시 시작하십시오.',
    'Keys, installation commands and links in mails are given out only with an address that the hub knows itself. Set PUBLIC_URL (such as https://hub.example.kr) in its environment and restart it.',
  ],
  'error.not_understood.title': ['요청을 이해할 수 없습니다', 'Request not understood'],
  'error.not_understood.text': ['다시 시도하십시오.', 'Please try again.'],
  'error.too_slow.title': ['찾는 데 너무 오래 걸립니다', 'This takes too long to find'],
  'error.too_slow.text': [
    '조건을 좁혀 다시 찾으십시오. 상태나 기관을 고르거나 더 긴 낱말을 쓰면 빨라집니다.',
    'Narrow the search: choose a status or an agency, or use longer words.',
  ],
  'error.files_away.title': ['파일 저장소에 연결할 수 없습니다', 'The store of the files cannot be reached'],
  'error.files_away.text': [
    '파일은 보관되어 있습니다. 잠시 뒤 다시 열어 주십시오.',
    'The file is kept. Open it again in a moment.',
  ],
  'error.failed.title': ['일시적인 오류입니다', 'Something went wrong'],
  'error.failed.text': [
    '요청을 처리하지 못했습니다. 잠시 뒤 다시 시도하십시오. 계속되면 관리자에게 알리십시오.',
    'Your request was not dealt with. Try again shortly; tell the administrator if it lasts.',
  ],
};
