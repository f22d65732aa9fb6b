print("Ja")
