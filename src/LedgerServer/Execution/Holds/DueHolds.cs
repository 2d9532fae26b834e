using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// What accounts still hold for holds that have run out by the order's time but whose release no receipt tells yet. The
/// rules of accounts count it as released from the moment on at which it ran out; balances show it until the receipt.
/// </summary>
internal sealed class DueHolds
{
    private readonly Dictionary<string, (UInt128 Debits, UInt128 Credits)> _byAccount = new(StringComparer.Ordinal);

    /// <summary>Totals as the rules count them: without what has run out.</summary>
    public AccountTotals Without(string accountId, AccountTotals totals) =>
        _byAccount.Count > 0 && _byAccount.TryGetValue(accountId, out var due)
            ? totals with { DebitsHeld = totals.DebitsHeld - due.Debits, CreditsHeld = totals.CreditsHeld - due.Credits }
            : totals;

    /// <summary>Adds an open hold that ran out.</summary>
    internal void Add(HoldRecord hold)
    {
        var amount = (UInt128)hold.Remaining.MinorUnits;
        var debited = _byAccount.GetValueOrDefault(hold.AccountId);
        _byAccount[hold.AccountId] = debited with { Debits = debited.Debits + amount };
        var credited = _byAccount.GetValueOrDefault(hold.DestinationAccountId);
        _byAccount[hold.DestinationAccountId] = credited with { Credits = credited.Credits + amount };
    }

    /// <summary>Takes a hold away whose release a receipt tells now.</summary>
    internal void Remove(HoldRecord hold)
    {
        var amount = (UInt128)hold.Remaining.MinorUnits;
        var debited = _byAccount[hold.AccountId];
        Set(hold.AccountId, debited with { Debits = checked(debited.Debits - amount) });
        var credited = _byAccount[hold.DestinationAccountId];
        Set(hold.DestinationAccountId, credited with { Credits = checked(credited.Credits - amount) });
    }

    private void Set(string accountId, (UInt128 Debits, UInt128 Credits) due)
    {
        if (due == default)
        {
            _byAccount.Remove(accountId);
            return;
        }

        _byAccount[accountId] = due;
    }
}
