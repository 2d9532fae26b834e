using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Execution;

public sealed class IdempotencyTableTests
{
    private const int Many = 20_000;

    [Fact]
    public void Find_ManyKeysOfTwoOrganizations_GivesEachItsOwn()
    {
        var table = Filled(Many);

        Assert.Equal(Many, table.Count);
        for (var i = 0; i < Many; i++)
        {
            Assert.Equal(new IdempotencyEntry((ulong)i, Hash(i)), table.Find(Organization(i), Key(i)));
            Assert.Null(table.Find(Organization(i + 1), Key(i)));
        }
    }

    [Fact]
    public void Find_UnknownKey_GivesNull() => Assert.Null(Filled(10).Find("org-0", Key(999)));

    [Fact]
    public void Save_CommandsAddedBeforeItIsWritten_AreLeftOut()
    {
        var table = Filled(5000);
        var writer = new StateWriter();
        ((IStateTable)table).Save(writer);
        Fill(table, 5000, 9000);

        using var content = new MemoryStream();
        using (var output = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.WriteTo(output);
        }

        var loaded = Load(content);
        Assert.Equal(5000, loaded.Count);
        Assert.Equal(new IdempotencyEntry(4999, Hash(4999)), loaded.Find(Organization(4999), Key(4999)));
        Assert.Null(loaded.Find(Organization(5000), Key(5000)));
    }

    [Fact]
    public void Load_SameKeyTwice_IsRefusedAsDamaged()
    {
        using var content = new MemoryStream();
        using (var output = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            output.Write(2);
            for (var i = 0; i < 2; i++)
            {
                output.Write("org-0");
                output.Write(Key(0).ToBytes());
                output.Write(Hash(i).AsSpan());
            }
        }

        Assert.Throws<InvalidDataException>(() => Load(content));
    }

    private static IdempotencyTable Load(MemoryStream content)
    {
        content.Position = 0;
        using var input = new BinaryReader(content, System.Text.Encoding.UTF8, leaveOpen: true);
        var table = new IdempotencyTable();
        ((IStateTable)table).Load(new StateReader(input));
        return table;
    }

    private static IdempotencyTable Filled(int count)
    {
        var table = new IdempotencyTable();
        Fill(table, 0, count);
        return table;
    }

    private static void Fill(IdempotencyTable table, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            table.Add(CommandOf(i), (ulong)i);
        }
    }

    private static Command CommandOf(int i) => new()
    {
        OrganizationId = Organization(i),
        KeyId = "key-1",
        IdempotencyKey = Key(i),
        NotAfterMicros = 1,
        PayloadHash = Hash(i),
        CommandHash = Hash(i),
        Body = SampleCommands.Wallet(),
    };

    private static string Organization(int i) => $"org-{i % 2}";

    private static IdempotencyKey Key(int i) => new((UInt128)i * 7_919);

    private static Hash256 Hash(int i) => MerkleHasher.HashLeaf(BitConverter.GetBytes(i));
}
