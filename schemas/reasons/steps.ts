import type { ReasonTexts } from '../reason-texts.ts';

/** Why a step of the procedure cannot be taken (hub/complaints/steps). Each names its article and what would be allowed. */
export const stepsReasons = {
  step_order: [
    '{step}: 지금 상태({status})에서는 할 수 없습니다. 할 수 있는 상태: {allowed} ({article})',
    '{step} cannot be taken while it is {status}; it can while it is {allowed} ({article})',
  ],
  item_unknown: [
    '기관의 법정민원 목록에 없는 사무명입니다: {item}. 목록의 {n}개 가운데에서 고르십시오 (법 제36조)',
    '{item} is not among the statutory complaints of the agency; choose one of the {n} of its table (Act, article 36)',
  ],
  item_of_statutory: [
    '사무명은 법정민원에만 적습니다. 종류를 법정민원으로 고르거나 비워 두십시오',
    'only a statutory complaint has an item; choose that kind, or leave the item out',
  ],
  extension_late: [
    '처리기한이 이미 지나 연장할 수 없습니다. 늦은 사유와 진행 상황을 중간 회신으로 알리십시오 (시행령 제21조)',
    'the deadline has passed, so it cannot be extended; tell the reason and the progress by an interim answer (Decree, article 21)',
  ],
  extension_none: [
    '처리기간이 없는 민원이라 연장할 것이 없습니다 (시행령 제21조)',
    'no period applies to it, so there is nothing to extend (Decree, article 21)',
  ],
  extension_unit: [
    '{unit} 단위로 적으십시오. 이 민원의 처리기간은 그 단위로 셉니다 (법 제19조)',
    'is to be given in {unit}: the period of this complaint is counted so (Act, article 19)',
  ],
  extension_too_long: [
    '{n}{unit}까지 연장할 수 있습니다. 처음의 처리기간보다 길게 연장할 수 없습니다 ({article})',
    'may be {n} {unit} at most: no longer than the original period ({article})',
  ],
  extension_consent: [
    '이미 한 번 연장하였습니다. 민원인의 동의를 받은 근거(consent)가 있으면 한 번 더 연장할 수 있습니다 (시행령 제21조)',
    'it was extended already; once more is possible with the evidence of the complainant’s consent (Decree, article 21)',
  ],
  extension_third: [
    '두 번 연장하였으므로 더 연장할 수 없습니다. 답변하거나 중간 회신으로 알리십시오 (시행령 제21조)',
    'it was extended twice, which is all; answer, or tell the progress by an interim answer (Decree, article 21)',
  ],
  supplement_third: [
    '보완을 두 번 요구하였습니다. 보완되지 않았으면 반려할 수 있습니다 (시행령 제24조, 제25조)',
    'a supplement was demanded twice; what was not supplemented may be returned (Decree, articles 24 and 25)',
  ],
  supplement_too_long: [
    '다시 요구하는 보완 기간은 10일까지입니다. 가장 늦은 기한: {latest} (시행령 제25조)',
    'a repeated demand gives 10 days at most: {latest} at the latest (Decree, article 25)',
  ],
  supplement_past: ['지난 시각입니다. 앞날의 기한을 적으십시오', 'lies in the past: give a time to come'],
  supplement_time_third: [
    '보완 기간은 민원인이 두 번까지 연장을 요청할 수 있습니다 (시행령 제24조)',
    'the complainant may ask for more time twice (Decree, article 24)',
  ],
  returned_early: [
    '보완 기한({until})이 지나지 않아 반려할 수 없습니다 (시행령 제25조)',
    'cannot be returned before the time to supplement is over, at {until} (Decree, article 25)',
  ],
  stop_open: [
    '이미 이 사유로 정지되어 있습니다. 재개한 뒤에 다시 정지하십시오 (시행령 제20조)',
    'the clock stands on this ground already (Decree, article 20)',
  ],
  stop_none: [
    '이 사유로 정지되어 있지 않습니다. 정지된 사유: {grounds} (시행령 제20조)',
    'the clock does not stand on this ground; it stands on: {grounds} (Decree, article 20)',
  ],
  survey_kind: [
    '실지조사는 고충민원에만 있습니다 (시행령 제17조)',
    'only a grievance has a survey (Decree, article 17)',
  ],
  survey_extended_twice: [
    '실지조사는 한 번만 7일 연장할 수 있습니다 (시행령 제17조)',
    'a survey can be extended once, by 7 days (Decree, article 17)',
  ],
  transfer_none: [
    '이 기관으로 이송된 민원이 아니라서 이송을 거부할 수 없습니다 (시행령 제13조)',
    'it was not transferred to this agency, so there is no transfer to refuse (Decree, article 13)',
  ],
  transfer_decided: [
    '처리기관을 조정기관이 정하였으므로 거부할 수 없습니다. 조정기관({agency})에 알리십시오 (시행령 제13조)',
    'the arbiter has decided which agency answers; speak to it: {agency} (Decree, article 13)',
  ],
  objection_kind: [
    '이의신청은 거부된 법정민원에 할 수 있습니다. 다른 민원은 추가 질의를 하십시오 (법 제35조)',
    'only a refused statutory complaint can be objected to; ask a further question instead (Act, article 35)',
  ],
  objection_late: [
    '거부 통지를 받은 날부터 60일({until})이 지났습니다. 행정심판이나 행정소송을 안내하십시오 (법 제35조)',
    'the 60 days after the notice of the refusal were over at {until}; administrative appeal or litigation remain (Act, article 35)',
  ],
  objection_none: [
    '결정할 이의신청이 없습니다 (법 제35조)',
    'there is no objection to decide (Act, article 35)',
  ],
  plan_past: ['점검일은 앞날이어야 합니다: {date}', 'is to be looked at on a day to come: {date}'],
  plan_none: ['점검할 장기 반영 계획이 없습니다', 'there is no long-term plan to review'],
} as const satisfies ReasonTexts;
