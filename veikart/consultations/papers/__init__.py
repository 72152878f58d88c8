"""What a hearing gives those who reply: the form as DOCX, and the receipt as PDF."""
