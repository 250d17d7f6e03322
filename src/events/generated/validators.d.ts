export interface ValidationError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

export interface Validate {
  (data: unknown): boolean;
  errors?: ValidationError[] | null;
}

/** One validator per event type, by its short name. */
export declare const validators: Readonly<Record<string, Validate>>;
