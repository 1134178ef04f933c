"""What a row of the access table may say beside the number of an answer."""

LOGIN = "login"
