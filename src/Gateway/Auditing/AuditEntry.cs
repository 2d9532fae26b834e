using System.Text.Json.Serialization;

namespace KpGrpc.Gateway.Auditing;

/// <summary>One write: who, what, with which key, and what came of it. It holds nothing of the request's content.</summary>
/// <param name="At">When the answer was ready, UTC.</param>
/// <param name="Caller">Subject of the token, or name of the key or certificate.</param>
/// <param name="Roles">Her roles that opened the call.</param>
/// <param name="Organization">The organisation that she speaks for; null for none.</param>
/// <param name="Method">Full name, such as <c>kp.learner.v1.LearnerService/Purchase</c>.</param>
/// <param name="Key">Idempotency key as lower-case hex; null where the call passed through undecoded.</param>
/// <param name="Status">Name of the status of gRPC.</param>
/// <param name="Ledger">Ledger of the receipt; null where there is none.</param>
/// <param name="Sequence">Sequence number of the receipt; null where there is none.</param>
/// <param name="TraceId">Trace, which the servers' logs name too; null where there is none.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string Caller, string Roles, string? Organization, string Method, string? Key, string Status, string? Ledger, ulong? Sequence, string? TraceId);

/// <summary>Writes entries as JSON, with the names of fields in snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
