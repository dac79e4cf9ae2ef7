/** A question with its answers, as in the tables. */
export interface Question {
  id: number;
  subject: string;
  content: string;
  name: string;
  email: string;
  phone: string;
  /** 0: received, 1: answered. */
  status: number;
  answers: { id: number; content: string; name: string }[];
}

export interface NewQuestion {
  subject: string;
  content: string;
  category: string;
  name: string;
  email?: string;
  phone?: string;
  notifyBy?: 'email' | 'sms';
}

/** What people do with the board. */
export interface Questions {
  /** All questions of the board. */
  questions(): Promise<Question[]>;
  file(question: NewQuestion): Promise<number>;
  answer(id: number, text: string): Promise<void>;
}
