using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Execution.Snapshots;

public sealed class RecordCodecTests
{
    [Fact]
    public void Read_EveryKindOfField_ComesBack()
    {
        var record = new Everything
        {
            Text = "知识 \"<&\u0001",
            Whole = UInt128.MaxValue,
            Lowest = long.MinValue,
            Missing = null,
            Hash = TestLedger.Hash("x"),
            Roles = RoleSet.Of(Role.Producer, Role.Regulator),
            Bytes = new byte[] { 0, 1, 255 },
            Pairs = [new("key", 1)],
            Tuples = [("a", 2UL)],
        };

        var read = RoundTrip(record, record with { Text = "" });

        Assert.Equal(2, read.Count);
        Assert.Equal(record.Bytes.ToArray(), read[0].Bytes.ToArray());
        Assert.Equal(record.Pairs, read[0].Pairs);
        Assert.Equal(record.Tuples, read[0].Tuples);
        Assert.Equal(record, read[0] with { Bytes = record.Bytes, Pairs = record.Pairs, Tuples = record.Tuples });
        Assert.Equal("", read[1].Text);
    }

    [Fact]
    public void Read_RecordsOfAnotherShape_AreRefusedByName()
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        RecordCodec.Write<Old>(output, [new Old("a")]);
        content.Position = 0;
        using var input = new BinaryReader(content);

        var refusal = Assert.Throws<InvalidDataException>(() => RecordCodec.Read<New>(input, _ => { }));

        Assert.Contains("New", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RecordWithPrivateState_IsRefusedBeforeItIsLost()
    {
        using var output = new BinaryWriter(new MemoryStream());

        var refusal = Assert.ThrowsAny<Exception>(() => RecordCodec.Write<Hidden>(output, [new Hidden()]));

        Assert.Contains("Hidden._count", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BodyThatDoesNotNameItsKind_IsRefusedAsDamaged()
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        RecordCodec.Write<ChangeBody>(output, [new SuspendOrganization("org-a", "why")]);
        var text = content.ToArray();
        var at = text.AsSpan().IndexOf("$type"u8);
        Assert.True(at >= 0);
        text[at] = (byte)'x';
        using var input = new BinaryReader(new MemoryStream(text));

        var refusal = Assert.Throws<InvalidDataException>(() => RecordCodec.Read<ChangeBody>(input, _ => { }));

        Assert.Contains(nameof(ChangeBody), refusal.Message, StringComparison.Ordinal);
    }

    private static List<T> RoundTrip<T>(params T[] records)
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        RecordCodec.Write<T>(output, records);
        content.Position = 0;
        using var input = new BinaryReader(content);
        var read = new List<T>();
        RecordCodec.Read<T>(input, read.Add);
        Assert.Equal(content.Length, content.Position);
        return read;
    }

    private sealed record Everything
    {
        public required string Text { get; init; }

        public required UInt128 Whole { get; init; }

        public required long Lowest { get; init; }

        public required ulong? Missing { get; init; }

        public required Hash256 Hash { get; init; }

        public required RoleSet Roles { get; init; }

        public required ReadOnlyMemory<byte> Bytes { get; init; }

        public required IReadOnlyList<KeyValuePair<string, int>> Pairs { get; init; }

        public required IReadOnlyList<(string Name, ulong Number)> Tuples { get; init; }
    }

    private sealed record Old(string Text);

    private sealed record New(string Text, int Number);

    private sealed class Hidden
    {
        private int _count;

        public int Next() => ++_count;
    }
}
