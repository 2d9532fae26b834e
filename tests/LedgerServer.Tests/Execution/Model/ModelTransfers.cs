using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>Batches of transfers of the reference model: each entry is a transfer that is tried by itself.</summary>
internal sealed class ModelTransfers(ModelState state, ModelTrade trade)
{
    private readonly Dictionary<string, (string Entry, string Outcome, ulong Sequence)> _first = [];

    public string? Run(string submitter, TransferBatch body, ulong sequence, long now)
    {
        if (!state.Has(submitter, "Producer", "Platform", "Technology", "Operator", "PaymentProvider"))
        {
            return "RoleMissing";
        }

        if (!state.Currencies.TryGetValue(body.CurrencyCode, out var exponent))
        {
            return "UnknownCurrency";
        }

        if (exponent != body.Exponent)
        {
            return "ExponentMismatch";
        }

        var outcomes = new List<string>();
        foreach (var entry in body.Entries.ToArray())
        {
            var (debit, credit) = (body.AccountIds[(int)entry.DebitIndex], body.AccountIds[(int)entry.CreditIndex]);
            var text = $"{debit} {credit} {entry.AmountMinorUnits} {body.CurrencyCode} {entry.Reference}";
            var id = $"{submitter} {entry.TransferId}";
            if (_first.TryGetValue(id, out var first))
            {
                outcomes.Add($"{(first.Entry == text ? first.Outcome : "IdempotencyConflict")} {first.Sequence}");
                continue;
            }

            var outcome = trade.Transfer(submitter, Transfer(debit, credit, entry.AmountMinorUnits, body), now) ?? "None";
            _first.Add(id, (text, outcome, sequence));
            outcomes.Add(outcome + " ");
        }

        state.TransferOutcomes = outcomes;
        return null;
    }

    private static Transfer Transfer(string debit, string credit, long units, TransferBatch batch) => new()
    {
        DebitAccountId = debit,
        CreditAccountId = credit,
        Amount = new Money(units, batch.CurrencyCode, batch.Exponent),
    };
}
