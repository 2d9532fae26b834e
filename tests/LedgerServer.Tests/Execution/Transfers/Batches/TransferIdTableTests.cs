using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;

namespace KpGrpc.LedgerServer.Tests.Execution.Transfers.Batches;

public sealed class TransferIdTableTests
{
    [Fact]
    public void TryFind_RandomIds_AgreesWithADictionary() =>
        Gen.Select(Gen.UInt[0, 2], Gen.ULong[0, 3], Gen.ULong[0, 3_000]).Array[0, 20_000].Sample(
            keys =>
            {
                var table = new TransferIdTable();
                var expected = new Dictionary<(uint, UInt128), ulong>();
                foreach (var (organization, high, low) in keys)
                {
                    var id = new UInt128(high, low);
                    var found = table.TryFind(organization, id, out var entry);
                    Assert.Equal(expected.TryGetValue((organization, id), out var sequence), found);
                    if (found)
                    {
                        Assert.Equal((sequence, organization, high, low), (entry.Sequence, entry.Organization, entry.High, entry.Low));
                        continue;
                    }

                    expected.Add((organization, id), (ulong)expected.Count);
                    table.Add(TransferIdEntry.Of(organization, id, low, RejectionReason.None, (ulong)table.Count));
                }

                Assert.Equal(expected.Count, table.Count);
                Assert.Equal(expected.Count, table.All.Count());
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void Save_WhileMoreAreAdded_GivesTheTableOfThatMoment() =>
        Gen.Select(Gen.Int[0, 40_000], Gen.Int[0, 40_000]).Sample(
            (before, after) =>
            {
                var table = new TransferIdTable();
                Add(table, 0, before);
                var writer = new StateWriter();
                ((IStateTable)table).Save(writer);
                var expected = table.All.ToArray();
                Add(table, before, after);

                var loaded = Load(Bytes(writer));

                Assert.Equal(before, loaded.Count);
                Assert.Equal(expected, loaded.All);
                Add(loaded, before, after);
                Assert.Equal(Bytes(table), Bytes(loaded));
            },
            iter: 20,
            threads: 1);

    [Theory]
    [InlineData(63, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(64, 64)]
    [InlineData(64, 49)]
    public void Load_NoSegment_Refuses(int slots, int used)
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        output.Write(slots);
        for (var i = 0; i < 64; i++)
        {
            for (var word = 0; word < 4; word++)
            {
                output.Write(i < used ? 1UL << 63 : 0);
            }
        }

        Assert.Throws<InvalidDataException>(() => Load(content.ToArray()));
    }

    [Fact]
    public void Load_CutOff_Refuses()
    {
        var table = new TransferIdTable();
        Add(table, 0, 1_000);

        Assert.Throws<InvalidDataException>(() => Load(Bytes(table)[..^1]));
    }

    private static void Add(TransferIdTable table, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            table.Add(TransferIdEntry.Of((uint)(i % 3), (UInt128)i * 7, (ulong)i, RejectionReason.None, (ulong)i));
        }
    }

    private static byte[] Bytes(TransferIdTable table)
    {
        var writer = new StateWriter();
        ((IStateTable)table).Save(writer);
        return Bytes(writer);
    }

    private static byte[] Bytes(StateWriter writer)
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        writer.WriteTo(output);
        return content.ToArray();
    }

    private static TransferIdTable Load(byte[] bytes)
    {
        var table = new TransferIdTable();
        using var input = new BinaryReader(new MemoryStream(bytes));
        ((IStateTable)table).Load(new StateReader(input));
        return table;
    }

    [Fact]
    public void Of_LargestParts_ComeBack()
    {
        var entry = TransferIdEntry.Of(16_383, UInt128.MaxValue, 5, (RejectionReason)127, TransferIdEntry.SequenceEnd - 1);

        Assert.Equal((16_383U, (RejectionReason)127, TransferIdEntry.SequenceEnd - 1, false), (entry.Organization, entry.Refused, entry.Sequence, entry.IsEmpty));
        Assert.True(TransferIdEntry.Of(0, 0, 0, RejectionReason.None, 0) is { IsEmpty: false, Sequence: 0 });
        Assert.All(Enum.GetValues<RejectionReason>(), reason => Assert.InRange((int)reason, 0, 127));
        Assert.InRange(EngineLimits.OrganizationsMax, 1, 16_384);
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferIdEntry.Of(16_384, 0, 0, RejectionReason.None, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferIdEntry.Of(0, 0, 0, RejectionReason.None, TransferIdEntry.SequenceEnd));
    }

    // Outcomes depend on these numbers: they are the same on every machine and in every release.
    [Fact]
    public void EntryHash_KnownValues_StayTheSame()
    {
        var entry = new TransferEntry(1, 0, 1, 1_000, 42);
        Assert.Equal(
            (EntryHash.OfAccount("wallet"), EntryHash.OfEntry(1, 2, 3, entry), EntryHash.OfId(3, 1, 2)),
            (15455269410185314904UL, 14860989861541673293UL, 8326037935463044645UL));
    }
}
