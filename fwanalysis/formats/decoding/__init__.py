"""Turn bytes into text and XML, and refuse what is damaged or hostile. Knows no turns, speakers or file formats."""
