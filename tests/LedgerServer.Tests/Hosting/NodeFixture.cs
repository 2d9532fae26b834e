using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Ordering.Local;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Validation;
using KpGrpc.Testing;

using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.LedgerServer.Tests.Hosting;

/// <summary>A ledger without a server around it: its clock and its disk are the test's.</summary>
internal sealed class NodeFixture : IAsyncDisposable
{
    private readonly LedgerFixture network = new();
    private readonly TaskCompletionSource<Exception> fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="write">Runs in place of the synced write, which it gets as an argument; null for the write itself.</param>
    /// <param name="queueMax">Places in the queue.</param>
    /// <param name="queueBytesMax">Payload bytes in the queue.</param>
    /// <param name="readsPerCommitMax">Questions between two commits.</param>
    public NodeFixture(Action<Action>? write = null, int queueMax = 16, long queueBytesMax = 1_048_576, int readsPerCommitMax = 8)
    {
        var parts = LedgerParts.Open(Options, production: false);
        void Commit(CommitBatch batch)
        {
            if (write is null)
            {
                parts.Store.Commit(batch);
            }
            else
            {
                write(() => parts.Store.Commit(batch));
            }
        }

        Node = new LedgerNode(parts, new OrdererLimits(queueMax, queueBytesMax, 8, readsPerCommitMax), Time, exception => fault.TrySetResult(exception), Commit);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public LedgerNode Node { get; }

    /// <summary>Ends when the node has reported that it cannot commit any more.</summary>
    public Task<Exception> Fault => fault.Task;

    public LedgerOptions Options => new()
    {
        DataDirectory = network.DataFolder,
        GenesisPath = Path.Combine(network.NetworkFolder, "genesis.json"),
        LogKeyPath = Path.Combine(network.NetworkFolder, "log.key"),
    };

    public PreparedCommand Sign(string organizationId, Action<CommandPayload> setBody) => network.Signer(organizationId, Time).Sign(setBody);

    public AdmittedCommand Admit(PreparedCommand command) => Assert.IsType<Admitted>(Node.Admission.Admit(
        command.Message.Payload.ToByteArray(), command.Message.KeyId, command.Message.Signature.ToByteArray(), string.Empty, new FieldViolations())).Command;

    public AdmittedCommand Admit(string organizationId, Action<CommandPayload> setBody) => Admit(Sign(organizationId, setBody));

    /// <summary>An account that no other call opens.</summary>
    public AdmittedCommand AdmitAccount(string id) =>
        Admit("platform", payload => payload.OpenAccount = new(Market.Wallet()) { AccountId = id });

    public async Task<CommittedGroup> SubmitAsync(params AdmittedCommand[] commands)
    {
        Assert.True(Node.Orderer.TrySubmit(commands, out var commit), "the queue is full");
        return await commit.WithinAsync("the commit");
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await network.DisposeAsync();
    }
}
