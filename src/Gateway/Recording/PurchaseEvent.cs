namespace KpGrpc.Gateway.Recording;

/// <summary>A purchase as the recommender should hear of it.</summary>
/// <param name="EventId">16 bytes, the same for the same purchase.</param>
/// <param name="LearnerId">Who bought.</param>
/// <param name="WorkId">What.</param>
/// <param name="OccurredAt">The ledger's time.</param>
/// <param name="MinorUnits">Price, 0 to 2^63-1.</param>
/// <param name="CurrencyCode">ISO 4217 code.</param>
/// <param name="Exponent">Decimal digits behind the point, 0 to 8.</param>
internal sealed record PurchaseEvent(
    ReadOnlyMemory<byte> EventId,
    string LearnerId,
    string WorkId,
    DateTimeOffset OccurredAt,
    long MinorUnits,
    string CurrencyCode,
    uint Exponent);
