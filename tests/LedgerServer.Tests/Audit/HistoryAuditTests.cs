using KpGrpc.LedgerServer.Audit;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Tests.Simulation;
using KpGrpc.LedgerServer.Tests.Storage;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Audit;

public sealed class HistoryAuditTests : IDisposable
{
    private const uint Wallet = 1;
    private const ulong FirstDeposit = 2;

    private readonly FixedNetwork network = new();
    private readonly TemporaryDirectory folder = new();
    private readonly List<int> rowCounts = [];

    public HistoryAuditTests()
    {
        using var ledger = new SimulatedLedger(network, DataFolder);
        foreach (var command in SimulatedMarket.Opening(network).Concat(SimulatedMarket.Trade(network)))
        {
            ledger.Commit([[command]], FixedNetwork.StartMicros);
            rowCounts.Add(ledger.State.Accounts.Journal.Accounts.Count);
        }
    }

    private string DataFolder => folder.Combine("data");

    [Fact]
    public void Run_UntouchedHistories_FindsNothing()
    {
        var (differences, text) = Audit((_, _) => { });

        Assert.True(differences == 0, text);
        Assert.Equal($"histories: {rowCounts.Sum()} rows recomputed\n", text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Run_ChangedAmount_IsFound()
    {
        var (differences, text) = Audit((store, batch) =>
        {
            var key = HistoryKey.Of(Wallet, FirstDeposit);
            var row = store.Read(StoreLayout.History, key)!;
            // A deposit's line ends with its amount.
            row[^1] ^= 1;
            batch.Native.Put(key, row, store.Column(StoreLayout.History));
        });

        Assert.True(differences > 0);
        Assert.Contains($"sequence {FirstDeposit}: the history's sums of account {Wallet} do not follow", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingRow_IsFound()
    {
        var (differences, text) = Audit((store, batch) => batch.Native.Delete(HistoryKey.Of(Wallet, FirstDeposit), store.Column(StoreLayout.History)));

        Assert.True(differences > 1);
        Assert.Contains($"sequence {FirstDeposit}: 1 history rows are there, its command gave 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AdditionalRowThatChangesNoSum_IsFound()
    {
        var (differences, text) = Audit((store, batch) =>
        {
            // Version and sums of the row before, and no lines: every sum still follows.
            var row = store.Read(StoreLayout.History, HistoryKey.Of(Wallet, FirstDeposit))!;
            byte[] sums = [0, .. Varint(1_000_000), 0, 0];
            var start = row.AsSpan().IndexOf(sums);
            byte[] empty = [.. row.AsSpan(0, start), .. sums, 0];
            batch.Native.Put(HistoryKey.Of(Wallet, FirstDeposit + 1), empty, store.Column(StoreLayout.History));
        });

        Assert.Equal(1, differences);
        Assert.Contains($"sequence {FirstDeposit + 1}: 1 history rows are there, its command gave 0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99U, 1UL)]
    [InlineData(1U, 1_000_000UL)]
    public void Run_RowOfNoAccountOrNoSequence_IsFound(uint ordinal, ulong sequence)
    {
        var (differences, text) = Audit((store, batch) => batch.Native.Put(HistoryKey.Of(ordinal, sequence), new byte[1], store.Column(StoreLayout.History)));

        Assert.Equal(1, differences);
        Assert.Contains("names no account or no sequence", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KeyOfAnotherLength_IsFound()
    {
        var (differences, text) = Audit((store, batch) => batch.Native.Put("\u0001\u0002"u8, "\u0001"u8, store.Column(StoreLayout.History)));

        Assert.Equal(1, differences);
        Assert.Contains("under 0x0102", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DamagedBlock_SaysSoInsteadOfEnding()
    {
        using (new SimulatedLedger(network, DataFolder))
        {
            // The start moves the rows into tables.
        }

        using var damage = new TableDamage(DataFolder, StoreLayout.History, place: 0.01);
        using var store = StoreFolder.OpenExisting(DataFolder, Identity());
        using var ledger = new SimulatedLedger(network, folder.Combine("other"));

        var thrown = Assert.Throws<InvalidDataException>(() => HistoryAudit.Run(store, ledger.State, rowCounts, TextWriter.Null));

        Assert.Contains("column history cannot be walked to its end", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        folder.Dispose();
        network.Dispose();
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private StoreIdentity Identity()
    {
        using var ledger = new SimulatedLedger(network, folder.Combine("identity"));
        return ledger.Store.ReadIdentity()!;
    }

    // The state is the replayed one of an untouched start; the rows are then changed under it.
    private (int Differences, string Text) Audit(Action<LedgerStore, CommitBatch> change)
    {
        using var ledger = new SimulatedLedger(network, DataFolder);
        using (var batch = ledger.Store.NewBatch())
        {
            change(ledger.Store, batch);
            ledger.Store.Commit(batch);
        }

        using var output = new StringWriter();
        return (HistoryAudit.Run(ledger.Store, ledger.State, rowCounts, output), output.ToString());
    }
}
