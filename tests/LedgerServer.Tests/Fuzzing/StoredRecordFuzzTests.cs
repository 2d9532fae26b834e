using CsCheck;

using Google.Protobuf;

using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.LedgerServer.Tests.Services.Submission;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>Records of the store with bytes changed: each is said to be damaged, or is what it was or another valid one.</summary>
[Fuzzes(typeof(StoredCommand), typeof(StoredCheckpoint), typeof(HistoryRow), typeof(StoreLayout), typeof(StoredReceipt))]
public sealed class StoredRecordFuzzTests(EveryKindLedger ledger) : IClassFixture<EveryKindLedger>
{
    private static readonly int Rounds = TestScale.Of(10_000, 1_000_000);

    [Fact]
    public void StoredCommand_AnyChangedRecord_IsDamagedOrEncodesToItself()
    {
        var batch = new BatchMembership(3, 7, MerkleHasher.EmptyRoot, [MerkleHasher.EmptyRoot, MerkleHasher.HashLeaf([1])]);
        var (signature, payload) = (new byte[StoredCommand.SignatureBytes], new byte[40]);
        Mutations.Of(new StoredCommand(1, "key", signature, payload, null).Encode(), new StoredCommand(2, "key", signature, payload, batch).Encode())
            .Sample(bytes => IsDamaged(() => Assert.Equal(bytes, StoredCommand.Decode(bytes).Encode())), iter: Rounds);
    }

    [Fact]
    public void StoredCheckpoint_AnyChangedRecord_IsDamagedOrEncodesToItself()
    {
        using var signer = NoteSigner.FromSeed("example.com/log", new byte[NoteSigner.SeedSize]);
        var stored = new StoredCheckpoint(5, SignedCheckpoint.Sign(new Checkpoint("example.com/log", 9, MerkleHasher.HashLeaf([1])), signer));
        Mutations.Of(stored.Encode()).Sample(bytes => IsDamaged(() => Assert.Equal(bytes, StoredCheckpoint.Decode(bytes).Encode())), iter: Rounds);
    }

    [Fact]
    public void StoredReceipt_AnyChangedLeaf_IsDamagedOrAReceipt()
    {
        var receipt = new Receipt
        {
            NetworkId = "net",
            Sequence = 7,
            OrderedAt = new() { Seconds = 1 },
            Status = ReceiptStatus.Accepted,
            Effects = { new Effect { WorkRegistered = new WorkRegistered { WorkId = "w" } } },
        };
        Mutations.Of(receipt.ToByteArray()).Sample(bytes => IsDamaged(() => Assert.NotNull(StoredReceipt.Decode(bytes, 7))), iter: Rounds);
    }

    [Fact]
    public void HistoryRow_AnyChangedRow_IsDamagedOrWithinItsRanges()
    {
        var (rows, account) = RowsOfTheScript();
        Mutations.Of(rows).Sample(
            bytes => IsDamaged(() =>
            {
                var row = HistoryRow.Decode(bytes, 7, account);
                Assert.All(row.Postings, posting =>
                {
                    Assert.True(Enum.IsDefined(posting.Posting.State), "an undefined state");
                    Assert.True(Enum.IsDefined(posting.Posting.Reason), "an undefined reason");
                    Assert.True(posting.Posting.Amount.MinorUnits >= 0, "a negative amount");
                    Assert.True(posting.OrderedAtMicros >= 0, "a negative time");
                });
            }),
            iter: Rounds);
    }

    [Fact]
    public void Number_AnyChangedKey_IsRead() =>
        Gen.ULong.Sample(number => StoreLayout.ReadNumber(StoreLayout.Number(number)) == number);

    [Fact]
    public void SubjectData_AnyChangedRecord_IsDamagedOrTheData()
    {
        using var folder = new TemporaryDirectory();
        using var vault = new SubjectVault(SubjectKeys.Open(folder.Combine("keys")));
        var salt = new byte[SubjectVault.SaltBytes];
        var stored = vault.Seal("subject", "name", salt, "content"u8);
        Mutations.Of(stored).Sample(
            bytes => IsDamaged(() =>
            {
                Assert.Equal("content"u8.ToArray(), vault.Open("subject", "name", bytes)!.Value.Content);
                Assert.Equal(stored, bytes);
            }),
            iter: 3_000);
        Assert.Throws<InvalidDataException>(() => vault.Open("subject", "other", stored));
    }

    [Fact]
    public void WriteAheadLog_AnyEnd_IsDamagedOrLeftToTheStore()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("000001.log");
        Gen.Byte.Array[0, 70_000].Sample(
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                IsDamaged(() => WriteAheadLogTail.Check(folder.Path));
            },
            iter: 200,
            threads: 1);
    }

    private static void IsDamaged(Action decode)
    {
        try
        {
            decode();
        }
        catch (InvalidDataException)
        {
            // What it should say.
        }
    }

    private (byte[][] Rows, Account Account) RowsOfTheScript()
    {
        var script = new ReplayedScript(ledger, keepRows: true);
        Assert.All(script.Rows, row => Assert.NotEmpty(HistoryRow.Decode(row.Row, 7, row.Account).Postings));
        return ([.. script.Rows.Select(row => row.Row)], script.Rows[0].Account);
    }
}
