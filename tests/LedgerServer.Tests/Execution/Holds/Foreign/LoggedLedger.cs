using Google.Protobuf;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Tests.Execution.Holds.Foreign;

/// <summary>One of two ledgers that know each other: an engine whose receipts are the leaves of a signed log.</summary>
internal sealed class LoggedLedger
{
    private readonly NoteSigner _signer;
    private readonly ReceiptEncoder _encoder;
    private readonly List<byte[]> _leaves = [];

    /// <param name="id">Its ledger id; <c>id.example/log</c> is its log's origin.</param>
    /// <param name="other">The other ledger's id.</param>
    public LoggedLedger(string id, string other)
    {
        Id = id;
        _signer = SignerOf(id);
        _encoder = new ReceiptEncoder("test-net", id);
        Ledger = new TestLedger(TestLedger.NewGenesis() with
        {
            LedgerId = id,
            ForeignLogs = [new ForeignLog(other, OriginOf(other), SignerOf(other).Verifier.ToString())],
        });
    }

    public string Id { get; }

    public TestLedger Ledger { get; }

    public static string OriginOf(string ledgerId) => ledgerId + ".example/log";

    public AccountTotals Totals(string account) => Ledger.Totals(account);

    /// <summary>Executes and logs; the outcome's name.</summary>
    public (RejectionReason Reason, ulong Sequence) Run(string by, CommandBody body)
    {
        var receipt = Ledger.Run(Ledger.Command(by, body));
        _leaves.Add(_encoder.Encode(receipt));
        return (receipt.Rejection?.Reason ?? RejectionReason.None, receipt.Sequence);
    }

    public ulong Accept(string by, CommandBody body)
    {
        var (reason, sequence) = Run(by, body);
        Assert.Equal(RejectionReason.None, reason);
        return sequence;
    }

    /// <summary>A receipt with its proof in the whole log.</summary>
    public ReceiptProof Prove(ulong sequence, NoteSigner? signer = null)
    {
        var range = new CompactRange();
        var nodes = new MemoryNodeStore();
        var completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        foreach (var leaf in _leaves)
        {
            nodes.Add(completed.AsSpan(0, range.Append(MerkleHasher.HashLeaf(leaf), completed)));
        }

        var key = signer ?? _signer;
        var checkpoint = SignedCheckpoint.Sign(new Checkpoint(key.Verifier.Name, range.Size, range.Root()), key);
        var proof = new ReceiptProof
        {
            Leaf = ByteString.CopyFrom(_leaves[(int)sequence]),
            LeafIndex = sequence,
            Checkpoint = checkpoint.ToString(),
        };
        proof.Hashes.AddRange(ProofBuilder.Inclusion(nodes, sequence, range.Size).Select(WireValues.ToProto));
        return proof;
    }

    private static NoteSigner SignerOf(string ledgerId) =>
        NoteSigner.FromSeed(OriginOf(ledgerId), TestLedger.Hash("log " + ledgerId).AsSpan());
}
