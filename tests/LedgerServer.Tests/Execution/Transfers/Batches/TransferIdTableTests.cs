using CsCheck;
using KpGrpc.LedgerServer.Execution;
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
