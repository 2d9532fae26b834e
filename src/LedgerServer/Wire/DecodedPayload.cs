using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>A payload that could be decoded and whose envelope is well formed. Nothing is known yet about who signed it.</summary>
/// <param name="NetworkId">Network that it names.</param>
/// <param name="LedgerId">Ledger that it names.</param>
/// <param name="OrganizationId">Who submits.</param>
/// <param name="IdempotencyKey">Its key.</param>
/// <param name="NotBeforeMicros">Earliest time of its ordering; null means any.</param>
/// <param name="NotAfterMicros">Latest time of its ordering.</param>
/// <param name="BodyName">Name of the body's field in CommandPayload, such as <c>purchase</c>.</param>
/// <param name="Body">What to do; null where this release does not serve the kind.</param>
internal sealed record DecodedPayload(
    string NetworkId,
    string LedgerId,
    string OrganizationId,
    IdempotencyKey IdempotencyKey,
    long? NotBeforeMicros,
    long NotAfterMicros,
    string BodyName,
    CommandBody? Body);
