using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Testing;

using RocksDbSharp;

namespace KpGrpc.LedgerServer.Tests.Storage;

public sealed class StoreIteratorTests : IDisposable
{
    private const int Rows = 500;
    private const double Middle = 0.5;
    private static readonly StoreIdentity Identity = new("net", "main", default(Hash256));

    private readonly TemporaryDirectory folder = new();
    private readonly List<Exception> reported = [];

    private string DataFolder => folder.Combine("data");

    [Fact]
    public void Next_WholeColumn_ReachesEveryRowAndEnds()
    {
        using var store = OpenFilled();
        using var iterator = store.NewIterator(StoreLayout.Leaves);

        Assert.Equal(Rows, Walk(iterator));
        Assert.False(iterator.Seek(StoreLayout.Number(Rows)));
        Assert.True(iterator.SeekForPrev(StoreLayout.Number(Rows)));
        Assert.Equal((ulong)Rows - 1, StoreLayout.ReadNumber(iterator.Key));
        Assert.Empty(reported);
    }

    [Fact]
    public void SeekToFirst_EmptyColumn_IsTheEnd()
    {
        using var store = OpenFilled();
        using var iterator = store.NewIterator(StoreLayout.Cosignatures);

        Assert.False(iterator.SeekToFirst());
        Assert.False(iterator.SeekToLast());
    }

    [Fact]
    public void Next_DamagedBlock_IsNotTheEnd()
    {
        using var store = OpenFilled();
        using var damage = new TableDamage(DataFolder, StoreLayout.Leaves, Middle);
        using var iterator = store.NewIterator(StoreLayout.Leaves);
        var rows = 0;

        var thrown = Assert.Throws<InvalidDataException>(() =>
        {
            for (var more = iterator.SeekToFirst(); more; more = iterator.Next())
            {
                rows++;
            }
        });

        Assert.InRange(rows, 1, Rows - 1);
        Assert.Contains("column leaves cannot be walked to its end", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<RocksDbException>(thrown.InnerException);
        Assert.Same(thrown, Assert.Single(reported));
    }

    [Fact]
    public void Seek_EveryRowOfADamagedTable_IsFoundOrReported()
    {
        using var store = OpenFilled();
        using var damage = new TableDamage(DataFolder, StoreLayout.Leaves, Middle);
        using var iterator = store.NewIterator(StoreLayout.Leaves);
        var (found, failed) = (0, 0);
        for (var i = 0; i < Rows; i++)
        {
            var key = StoreLayout.Number((ulong)i);
            foreach (var seek in new[] { iterator.Seek, (Func<byte[], bool>)iterator.SeekForPrev })
            {
                try
                {
                    Assert.True(seek(key));
                    Assert.Equal(key, iterator.Key);
                    found++;
                }
                catch (InvalidDataException)
                {
                    failed++;
                }
            }
        }

        Assert.True(found > Rows && failed > 0 && reported.Count == failed, $"{found} found, {failed} failed, {reported.Count} reported");
    }

    public void Dispose() => folder.Dispose();

    private static int Walk(StoreIterator iterator)
    {
        var rows = 0;
        for (var more = iterator.SeekToFirst(); more; more = iterator.Next())
        {
            rows++;
        }

        return rows;
    }

    // Opened twice: the second time, all rows are in a table of several blocks.
    private LedgerStore OpenFilled()
    {
        using (var store = StoreFolder.Open(DataFolder, Identity))
        using (var batch = store.NewBatch())
        {
            var random = new Random(1);
            for (var i = 0; i < Rows; i++)
            {
                var value = new byte[100];
                random.NextBytes(value);
                batch.Native.Put(StoreLayout.Number((ulong)i), value, store.Column(StoreLayout.Leaves));
            }

            store.Commit(batch);
        }

        var reopened = StoreFolder.Open(DataFolder, Identity);
        reopened.Damaged = reported.Add;
        return reopened;
    }
}
