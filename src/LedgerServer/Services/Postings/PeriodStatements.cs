using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Periods.Statements;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Errors;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>
/// Statements of settlement periods. Totals come from the books that the engine keeps, and lines from the postings; they
/// agree because both count by <see cref="PeriodRange"/>.
/// </summary>
internal static class PeriodStatements
{
    /// <summary>Totals and range of a period; the lines are read from the accounts' histories.</summary>
    /// <param name="state">The state.</param>
    /// <param name="request">Names a member, a declared currency and a period.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="asOf">State that all pages show.</param>
    public static StatementScope Read(LedgerState state, PaymentProto.GetStatementRequest request, CurrencyDefinition currency, ulong asOf)
    {
        var exponent = currency.Exponent;
        var period = state.Periods.Find(request.PeriodId)
            ?? throw RichErrors.NotFound("settlement_period", request.PeriodId, $"there is no settlement period {request.PeriodId}");
        var key = new StatementKey(request.OrganizationId, request.CurrencyCode);
        var index = IndexOf(period.Statements, key);
        var statement = index >= 0 ? period.Statements[index] : Current(state, period, key, exponent);
        var range = PeriodRange.Of(period, state.Periods, state.NextSequence);
        var totals = new PaymentProto.GetStatementResponse
        {
            Closed = !period.IsOpen,
            OpeningBalance = StatementReader.Money(statement.Opening, key.CurrencyCode, exponent),
            Debits = StatementReader.Money((Int128)statement.Lines.Debits, key.CurrencyCode, exponent),
            Credits = StatementReader.Money((Int128)statement.Lines.Credits, key.CurrencyCode, exponent),
            ClosingBalance = StatementReader.Money(statement.Closing, key.CurrencyCode, exponent),
            Proof = index >= 0 ? Prove(period, index) : null,
        };
        AccountName[] accounts = [.. Accounts(state, key).Select(AccountName.Of)];
        return new StatementScope(accounts, currency, range.First, Math.Min(range.Last, asOf), asOf) { Period = new PeriodScope(range, totals) };
    }

    // Before the start nothing counts in the period; between the edges it counts up to now.
    private static FinalStatement Current(LedgerState state, SettlementPeriod period, StatementKey key, uint exponent)
    {
        if (!period.IsOpen)
        {
            return new FinalStatement(key, exponent, 0, default);
        }

        var now = StatementBook.Of(Accounts(state, key)).Of(key);
        return FinalStatements.Of(key, exponent, period.Start?.Book.Of(key) ?? now, period.End?.Book.Of(key) ?? now);
    }

    private static IEnumerable<AccountState> Accounts(LedgerState state, StatementKey key) =>
        state.Accounts.OwnedBy(AccountOwner.Organization(key.OrganizationId))
            .Where(account => account.Account.CurrencyCode == key.CurrencyCode);

    private static PaymentProto.StatementProof Prove(SettlementPeriod period, int index)
    {
        var proof = new PaymentProto.StatementProof
        {
            Leaf = Google.Protobuf.ByteString.CopyFrom(period.Statements[index].Encode(period.PeriodId)),
            LeafIndex = (ulong)index,
            TreeSize = (ulong)period.Statements.Count,
            ClosedAtSequence = period.ClosedAtSequence!.Value,
        };
        proof.Hashes.AddRange(StatementTree.Inclusion(period.PeriodId, period.Statements, index).Select(WireValues.ToProto));
        return proof;
    }

    private static int IndexOf(IReadOnlyList<FinalStatement> statements, StatementKey key)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }
}
