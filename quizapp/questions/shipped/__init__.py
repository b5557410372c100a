"""The shipped questions: reading ``question_bank/``, inspecting it, its coverage of the laws, loading it."""
