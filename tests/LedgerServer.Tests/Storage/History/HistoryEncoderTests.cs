using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Tests.Execution;

namespace KpGrpc.LedgerServer.Tests.Storage.History;

/// <summary>Golden: every byte of a row is read by all later releases.</summary>
public sealed class HistoryEncoderTests
{
    // Version, and the time of TestLedger.Start.
    private const string Head = "01" + "8080f9c0c1c48203";

    [Fact]
    public void Key_Bytes_AreOrdinalThenSequence() =>
        Assert.Equal("01020304" + "05060708090a0b0c", Convert.ToHexStringLower(HistoryKey.Of(0x01020304, 0x05060708090a0b0c)));

    [Fact]
    public void Encode_Deposit_IsFrozen()
    {
        var ledger = SampleHolds.Opened();

        // Sums: 0 debits, 100 credits, none held. One line: posted credit, reason 1, effect 1, part 0, 100.
        Assert.Equal(Head + "00640000" + "01" + "05" + "01" + "01" + "00" + "64", Row(ledger, "wallet"));
    }

    [Fact]
    public void Encode_Hold_NamesTheHold()
    {
        var ledger = SampleHolds.Opened();
        ledger.Accept("plat", SampleHolds.Place("h1", 30));

        // One line: held debit with a hold, reason 4, "h1".
        Assert.Equal(Head + "00641e00" + "01" + "0a" + "04" + "00" + "00" + "1e" + "02" + "6831", Row(ledger, "wallet"));
        ledger.Accept("plat", new ReleaseHold { HoldId = "h1" });
        Assert.Equal(Head + "00640000" + "01" + "0b" + "04" + "00" + "00" + "1e" + "02" + "6831", Row(ledger, "wallet"));
    }

    [Fact]
    public void Encode_Purchase_NamesItsSource()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());

        // One line: posted debit with a source, reason 5, effect 4: purchase, work, agreement, version 1.
        Assert.Equal(
            Head + "974e" + "d08603" + "0000" + "01" + "11" + "05" + "04" + "00" + "974e" + "08" + Ascii("purchase") + "04" + Ascii("work") + "09" + Ascii("agreement") + "01",
            Row(ledger, "wallet"));
    }

    private static string Ascii(string text) => Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(text));

    private static string Row(TestLedger ledger, string accountId)
    {
        var journal = ledger.State.Accounts.Journal;
        return Convert.ToHexStringLower(new HistoryEncoder().Encode(
            journal.Accounts.Single(account => account.Account.AccountId == accountId), journal.Of(ledger.State.Accounts.Find(accountId)!), ledger.Now));
    }
}
