"""What a reviewer asks of one document and of many, and the answers: survey, grades, copies."""
