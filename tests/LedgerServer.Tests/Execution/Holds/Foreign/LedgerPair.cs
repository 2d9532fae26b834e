using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Wire.Payments;
using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds.Foreign;

/// <summary>Two ledgers with counter-accounts of each other: 100 minor units in a wallet on <see cref="A"/>, a shop on <see cref="B"/>.</summary>
internal sealed class LedgerPair
{
    public LedgerPair()
    {
        foreach (var (ledger, other) in new[] { (A, B), (B, A) })
        {
            ledger.Accept("pay", SampleCommands.Clearing());
            ledger.Accept("plat", SampleCommands.Wallet());
            ledger.Accept("pay", SampleCommands.Deposit(100));
            ledger.Accept("prod", SampleCommands.OwnWallet("prod"));
            ledger.Accept("op", SampleCommands.OwnWallet("op") with
            {
                AccountId = ForeignAccounts.IdOf(other.Id, "EUR"),
                AccountKind = AccountKind.Foreign,
                Limits = new AccountLimits(1_000, 1_000),
            });
        }
    }

    public LoggedLedger A { get; } = new("a", "b");

    public LoggedLedger B { get; } = new("b", "a");

    /// <summary>The sending hold on A.</summary>
    public static PlaceHold Sending(string id = "out", string other = "in", long units = 60, long? expiresAt = null) => new()
    {
        HoldId = id,
        AccountId = "wallet",
        DestinationAccountId = "foreign/b/EUR",
        Amount = SampleCommands.Eur(units),
        ExpiresAtMicros = expiresAt,
        Foreign = new ForeignLeg("b", LoggedLedger.OriginOf("b"), other),
    };

    /// <summary>The receiving hold on B.</summary>
    public static PlaceHold Receiving(string id = "in", string other = "out", long units = 60) => new()
    {
        HoldId = id,
        AccountId = "foreign/a/EUR",
        DestinationAccountId = "prod-wallet",
        Amount = SampleCommands.Eur(units),
        Foreign = new ForeignLeg("a", LoggedLedger.OriginOf("a"), other),
    };

    public static CaptureHold Capture(string id, ReceiptProof? proof) =>
        HoldWire.Decode(new Protos.Payment.V1.CaptureHold { HoldId = id, ForeignReceipt = proof });

    public static ReleaseHold Release(string id, ReceiptProof? proof = null) =>
        HoldWire.Decode(new Protos.Payment.V1.ReleaseHold { HoldId = id, ForeignReceipt = proof });

    /// <summary>Both sides are captured or both are released, and no money was made or lost on the way.</summary>
    public void AssertEndedAlike(bool captured)
    {
        var moved = (UInt128)(captured ? 60 : 0);
        Assert.Equal(new AccountTotals(moved, 100, 0, 0), A.Totals("wallet"));
        Assert.Equal(new AccountTotals(0, moved, 0, 0), A.Totals("foreign/b/EUR"));
        Assert.Equal(new AccountTotals(moved, 0, 0, 0), B.Totals("foreign/a/EUR"));
        Assert.Equal(new AccountTotals(0, moved, 0, 0), B.Totals("prod-wallet"));
    }
}
