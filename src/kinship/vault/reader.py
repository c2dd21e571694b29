r"""WHAT THIS FOLDER IS

This is a vault of kinship, an encrypted journal for the terminal. Everything in it is encrypted; nothing here can be
read without the passphrase or the printed recovery sheet. Do not edit, rename or remove files in it.

HOW TO OPEN IT

Install kinship from the Python package index (pipx install kinship) and open this folder with it. Give the passphrase,
or the recovery text: ten groups of four signs from the printed sheet.

HOW THE KEYS DERIVE

  1. The recovery text is Crockford's base32: two version signs (K1), 32 signs for a secret R of 20 bytes, and six
     signs of a checksum. O stands for 0; I and L stand for 1.
  2. MK = HKDF-SHA256(R, salt = vault id, info = "kinship/1 master", 32 bytes). The vault id is the 16 bytes from
     offset 16 of vault.kin; it also stands in each key file, and in each file of log/ from offset 12.
  3. Each file in log/ begins with a header of 84 bytes and a MAC of 32: "KINSEG\r\n", version (2 bytes), kind (1),
     flags (1), vault id (16), segment id (16), key id (8), salt (32). Its keys are
     K = HKDF-SHA256(MK, salt = that salt, info = "kinship/1 " + kind byte + vault id + segment id, 64 bytes);
     the first 32 bytes encrypt, the other 32 are the key of the MAC (HMAC-SHA256 over the 84 bytes).
  4. Frames follow: "KFRM", index, flags, length, CRC-32 of those 16 bytes (all little-endian, 4 bytes each), then
     `length` bytes of ChaCha20-Poly1305: nonce = the index as 12 bytes big-endian, associated data = those 20 bytes.
  5. Inside is a length (4 bytes, little-endian), that many bytes of JSON, and zeros. The JSON holds "ops": for each,
     "t" is the table, "u" the id and "x" the document; of several with the same id, later versions replace earlier
     ones. The pages of the journal are in the table "entries", their text in the field "body".
"""
