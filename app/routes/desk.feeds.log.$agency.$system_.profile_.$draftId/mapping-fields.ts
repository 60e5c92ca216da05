/** The names of the form's fields that there is one of for each column, and for each mark. */
export const columnField = (index: number) => `column-${index}`;
export const yesField = (field: string) => `yes-${field}`;
