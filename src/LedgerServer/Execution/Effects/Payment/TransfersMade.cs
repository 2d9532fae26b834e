using KpGrpc.LedgerServer.Execution.Transfers.Batches;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>Transfers of a batch with their outcomes. Each that moved money is a posted debit and credit of one amount.</summary>
/// <param name="CurrencyCode">ISO 4217 code.</param>
/// <param name="Exponent">Its exponent.</param>
/// <param name="AccountIds">Accounts that the outcomes name.</param>
/// <param name="Outcomes">One an entry, in order.</param>
internal sealed record TransfersMade(
    string CurrencyCode, uint Exponent, IReadOnlyList<string> AccountIds, ReadOnlyMemory<TransferOutcome> Outcomes) : Effect;
