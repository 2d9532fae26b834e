using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Wire;

using PaymentProto = KpGrpc.Protos.Payment.V1;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>Sums of accounts and currencies as the contract shows them.</summary>
internal static class Balances
{
    public static PaymentProto.Balance ToProto(Account account, AccountTotals totals, ulong asOf) => new()
    {
        AccountId = account.AccountId,
        DebitsPosted = Money(totals.DebitsPosted, account.CurrencyCode, account.Exponent),
        CreditsPosted = Money(totals.CreditsPosted, account.CurrencyCode, account.Exponent),
        DebitsHeld = Money(totals.DebitsHeld, account.CurrencyCode, account.Exponent),
        CreditsHeld = Money(totals.CreditsHeld, account.CurrencyCode, account.Exponent),
        AsOfSequence = asOf,
    };

    public static PaymentProto.TrialBalanceLine ToProto(TrialBalanceLine line, uint exponent) => new()
    {
        DebitsPosted = Money(line.Totals.DebitsPosted, line.CurrencyCode, exponent),
        CreditsPosted = Money(line.Totals.CreditsPosted, line.CurrencyCode, exponent),
        DebitsHeld = Money(line.Totals.DebitsHeld, line.CurrencyCode, exponent),
        CreditsHeld = Money(line.Totals.CreditsHeld, line.CurrencyCode, exponent),
        Accounts = (ulong)line.AccountCount,
    };

    // Sums of a whole currency may exceed one Money; they then read as its greatest value, and `balanced` still tells.
    private static TypeProto.Money Money(UInt128 sum, string currency, uint exponent) =>
        WireValues.ToProto((long)UInt128.Min(sum, (UInt128)long.MaxValue), currency, exponent);
}
