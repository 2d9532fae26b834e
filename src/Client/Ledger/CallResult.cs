using Grpc.Core;

namespace KpGrpc.Client.Ledger;

/// <summary>How a call ended after all its tries.</summary>
/// <param name="Response">The answer; null where no try had one.</param>
/// <param name="Failure">What the last try ended with; null where there is an answer.</param>
/// <param name="MaybeOrdered">True where a try may have been ordered although it gave no answer.</param>
internal sealed record CallResult<TResponse>(TResponse? Response, RpcException? Failure, bool MaybeOrdered)
    where TResponse : class;
