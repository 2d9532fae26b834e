using System.Threading.Channels;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.Client.Tests.Ledger;

/// <summary>A ledger that takes batches: it waits for the test where told to, and accepts what it is not told to refuse.</summary>
internal sealed class BatchServer : CallInvoker
{
    private readonly Lock gate = new();
    private readonly List<SubmitBatchRequest> requests = [];
    private readonly Channel<int> arrivals = Channel.CreateUnbounded<int>();
    private ulong sequence = 100;

    /// <summary>Ends when calls may be answered; calls wait for it.</summary>
    public TaskCompletionSource Answering { get; set; } = Completed();

    /// <summary>Makes a receipt; null for the usual one.</summary>
    public Func<CommandPayload, Receipt, SubmitOutcome?> Judge { get; set; } = (_, _) => null;

    /// <summary>Thrown by the next calls, in order.</summary>
    public Queue<RpcException> Failures { get; } = new();

    public IReadOnlyList<SubmitBatchRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>The transfers of each call.</summary>
    public IReadOnlyList<int> TransfersPerCall => [.. Requests.Select(request => request.Batch.Payloads.Sum(payload => CommandPayload.Parser.ParseFrom(payload).TransferBatch.Entries.Count))];

    public static TaskCompletionSource Completed()
    {
        var source = Closed();
        source.SetResult();
        return source;
    }

    public static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Forgets the oldest requests.</summary>
    public void Forget(int count)
    {
        lock (gate)
        {
            requests.RemoveRange(0, count);
        }
    }

    /// <summary>Waits until a further call has come in.</summary>
    public Task ArrivalAsync() => arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinAsync("a call");

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var batch = (SubmitBatchRequest)(object)request;
        Task answering;
        lock (gate)
        {
            requests.Add(batch);
            answering = Answering.Task;
        }

        arrivals.Writer.TryWrite(1);
        return new AsyncUnaryCall<TResponse>(AnswerAsync(), Task.FromResult(new Metadata()), () => Grpc.Core.Status.DefaultSuccess, () => [], () => { });

        async Task<TResponse> AnswerAsync()
        {
            await answering;
            lock (gate)
            {
                return Failures.TryDequeue(out var failure) ? throw failure : (TResponse)(object)Answer(batch);
            }
        }
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    private SubmitBatchResponse Answer(SubmitBatchRequest request)
    {
        var payloads = request.Batch?.Payloads ?? (IEnumerable<ByteString>)[.. request.Commands.Select(command => command.Payload)];
        return new SubmitBatchResponse { Checkpoint = "none", Outcomes = { payloads.Select(payload => Outcome(CommandPayload.Parser.ParseFrom(payload))) } };
    }

    private SubmitOutcome Outcome(CommandPayload payload)
    {
        var receipt = new Receipt { Sequence = sequence++, IdempotencyKey = payload.IdempotencyKey, Status = ReceiptStatus.Accepted, EngineVersion = 1 };
        if (payload.TransferBatch is { } batch)
        {
            receipt.Effects.Add(new Effect { TransfersMade = Made(batch) });
        }

        return Judge(payload, receipt) ?? new SubmitOutcome { Leaf = receipt.ToByteString(), LeafIndex = receipt.Sequence };
    }

    private static TransfersMade Made(TransferBatch batch) => new()
    {
        CurrencyCode = batch.CurrencyCode,
        Exponent = batch.Exponent,
        AccountIds = { batch.AccountIds },
        Outcomes =
        {
            batch.Entries.Select(entry => new TransferOutcome
            {
                TransferId = entry.TransferId,
                DebitIndex = entry.DebitIndex,
                CreditIndex = entry.CreditIndex,
                AmountMinorUnits = entry.AmountMinorUnits,
                Reference = entry.Reference,
            }),
        },
    };
}
