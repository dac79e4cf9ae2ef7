import type { ReasonTexts } from '../reason-texts.ts';

/**
 * Why complaints cannot be joined, parted, represented, or closed as repeats (hub/complaints/joining). Each names its
 * article and what would be allowed.
 */
export const joiningReasons = {
  join_too_few: [
    '병합은 민원인 5명부터 할 수 있습니다. 지금 {n}명입니다. 같은 취지의 민원을 더 고르거나 민원마다 따로 답변하십시오 (시행령 제6조)',
    'complaints of one purpose are joined from 5 complainants on, and these are of {n}: choose more of them, or answer each by itself (Decree, article 6)',
  ],
  join_unknown: [
    '우리 기관이 처리하거나 공유받은 민원 가운데 이 접수번호가 없습니다. 우리 기관이 처리하는 민원만 병합할 수 있습니다 (시행령 제6조)',
    'there is no complaint of this number in which your agency has a part; only complaints that it answers can be joined (Decree, article 6)',
  ],
  join_other_agency: [
    '다른 기관({agency})이 처리하는 민원입니다. 그 기관이 이송(시행령 제13조)하면 병합할 수 있습니다 (시행령 제6조)',
    'another agency answers it ({agency}); it can be joined once that agency has transferred it (Decree, articles 6 and 13)',
  ],
  join_self: [
    '이 민원 자신의 접수번호입니다. 다른 민원의 접수번호를 적으십시오',
    'is the number of this complaint itself: give the numbers of others',
  ],
  join_ended: [
    '이미 처리된 민원({status})입니다. 답변하기 전의 민원만 병합할 수 있습니다 (시행령 제6조)',
    'is done with already ({status}); only what waits for its answer can be joined (Decree, article 6)',
  ],
  join_taken: [
    '이미 다른 민원({lead})에 병합되어 있습니다. 그 민원에서 병합을 해제하면 병합할 수 있습니다 (시행령 제6조)',
    'is joined to another complaint already ({lead}); it can be joined once it is parted from that one (Decree, article 6)',
  ],
  join_leads: [
    '다른 민원들이 이 민원에 병합되어 있습니다. 그 병합을 해제하면 병합할 수 있습니다 (시행령 제6조)',
    'leads other complaints itself; it can be joined once these are parted from it (Decree, article 6)',
  ],
  part_none: [
    '이 민원에 병합되어 있지 않습니다. 병합된 민원: {numbers} (시행령 제6조)',
    'is not joined to this complaint; joined are: {numbers} (Decree, article 6)',
  ],
  represented_few: [
    '대표자는 3명 이상이 함께 낸 민원에서 정합니다. 지금 {n}명입니다. 병합하거나 함께 낸 사람 수를 적으십시오 (시행령 제8조)',
    'representatives are for 3 or more people who file jointly, and these are {n}: join their complaints, or say how many people it speaks for (Decree, article 8)',
  ],
  represented_many: [
    '대표자는 3명까지 정할 수 있습니다 (시행령 제8조)',
    'there are 3 representatives at most (Decree, article 8)',
  ],
  repeat_statutory: [
    '법정민원은 반복되어도 종결할 수 없습니다. 처리하여 답변하십시오 (법 제23조)',
    'a statutory complaint is not closed as a repeat: handle it and answer (Act, article 23)',
  ],
  repeat_few: [
    '같은 사람의 같은 내용 민원이 세 번째부터 종결할 수 있습니다. 지금 {n}번째입니다. 답변하십시오 (법 제23조)',
    'may be closed from the third identical complaint of one person on, and this is number {n}: answer it (Act, article 23)',
  ],
  repeat_untold: [
    '같은 내용의 앞선 민원에 처리 결과를 두 번 이상 알린 뒤에 접수된 민원만 종결할 수 있습니다. 이 민원을 접수하기 전에 알린 결과: {n}번. 답변하십시오 (법 제23조)',
    'may be closed only if the results of identical complaints were told twice or more before it was taken in, and they were told {n} times: answer it (Act, article 23)',
  ],
  repeat_other: [
    '처리 결과를 알린 같은 내용의 앞선 민원이 아닙니다. 적을 수 있는 접수번호: {numbers} (법 제23조)',
    'is no earlier identical complaint whose result was told; these are: {numbers} (Act, article 23)',
  ],
  repeat_two: [
    '처리 결과를 알린 앞선 민원을 두 건 이상 적으십시오. 적을 수 있는 접수번호: {numbers} (법 제23조)',
    'must name two or more earlier complaints whose results were told; these are: {numbers} (Act, article 23)',
  ],
} as const satisfies ReasonTexts;
