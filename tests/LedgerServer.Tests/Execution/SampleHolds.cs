using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Transfers;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Holds and payouts that are accepted; tests change one thing at a time.</summary>
internal static class SampleHolds
{
    public static PlaceHold Place(string id, long minorUnits, long? expiresAt = null) => new()
    {
        HoldId = id,
        AccountId = "wallet",
        DestinationAccountId = "prod-wallet",
        Amount = SampleCommands.Eur(minorUnits),
        ExpiresAtMicros = expiresAt,
    };

    public static Payout Payout(long minorUnits, string reference = "out-1", string account = "wallet") => new()
    {
        AccountId = account,
        ClearingAccountId = "clearing",
        Amount = SampleCommands.Eur(minorUnits),
        ExternalReference = reference,
    };

    /// <summary>A learner's wallet with 100 minor units, and a producer's without any.</summary>
    public static TestLedger Opened()
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", SampleCommands.Clearing());
        ledger.Accept("plat", SampleCommands.Wallet());
        ledger.Accept("prod", SampleCommands.OwnWallet("prod"));
        ledger.Accept("pay", SampleCommands.Deposit(100));
        return ledger;
    }

    public static AccountTotals Totals(this TestLedger ledger, string account) => ledger.State.Accounts.Find(account)!.Totals;
}
