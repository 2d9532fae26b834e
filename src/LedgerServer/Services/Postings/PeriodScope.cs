using KpGrpc.LedgerServer.Execution.Periods;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>What a statement takes from a settlement period.</summary>
/// <param name="Range">Which sequences count in it.</param>
/// <param name="Totals">Its totals, by the books that the engine keeps.</param>
internal sealed record PeriodScope(PeriodRange Range, PaymentProto.GetStatementResponse Totals);
