-- The same double entry as the ledger's: balances as sums of debits and credits, transfers with a unique id, a limit on
-- how far an account may be overdrawn. Whole numbers as keys, which is the fastest that PostgreSQL has.
CREATE TABLE accounts (
  id bigint PRIMARY KEY,
  debits bigint NOT NULL DEFAULT 0,
  credits bigint NOT NULL DEFAULT 0,
  overdraft bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50); -- Room on each page, so that an update stays on it and touches no index (HOT).

CREATE TABLE transfers (
  id uuid PRIMARY KEY,
  debit_id bigint NOT NULL,
  credit_id bigint NOT NULL,
  amount bigint NOT NULL,
  reference bigint NOT NULL
);

-- One round trip a transfer. The row of the transfer is written before any balance is locked, and balances are locked in
-- the order of their ids, so that two transfers never wait for each other in a circle.
CREATE FUNCTION make_transfer(transfer_id uuid, debit bigint, credit bigint, units bigint, free_number bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO transfers VALUES (transfer_id, debit, credit, units, free_number) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF debit < credit THEN
    UPDATE accounts SET debits = debits + units WHERE id = debit AND credits + overdraft - debits >= units;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'not enough money, or no such account';
    END IF;
    UPDATE accounts SET credits = credits + units WHERE id = credit;
  ELSE
    UPDATE accounts SET credits = credits + units WHERE id = credit;
    UPDATE accounts SET debits = debits + units WHERE id = debit AND credits + overdraft - debits >= units;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'not enough money, or no such account';
    END IF;
  END IF;
  RETURN true;
END $$;

INSERT INTO accounts SELECT i, 0, 0, 1000000000000 FROM generate_series(1, :accounts) AS i;
