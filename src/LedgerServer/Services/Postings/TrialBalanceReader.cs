using Grpc.Core;

using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage.History;
using KpGrpc.ServiceDefaults.Errors;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>
/// The trial balance: the newest one from the running sums of the state; an earlier one from the accounts' histories, which
/// hold the four sums after each command, so that it costs one seek an account that was open by then.
/// </summary>
internal sealed class TrialBalanceReader(LedgerAccess access)
{
    // More at a time would only take the cores from commits; who comes later is advised to come again.
    private const int PastAtATimeMax = 2;
    private const int AccountsPerLook = 1_024;

    private int running;

    /// <exception cref="RpcException">OUT_OF_RANGE for a sequence that is not committed; RESOURCE_EXHAUSTED for too much of the past.</exception>
    public async Task<PaymentProto.GetTrialBalanceResponse> ReadAsync(PaymentProto.GetTrialBalanceRequest request, ServerCallContext context)
    {
        var (ledger, options) = access.FindHosted(request.LedgerId);
        ulong? asked = request.HasAsOfSequence ? request.AsOfSequence : null;
        var (newest, open) = await access.ReadAsync(request.LedgerId, state => Ask(state, asked, options), context);
        return newest ?? Past(ledger, open, asked!.Value, options, context.CancellationToken);
    }

    // On the sequencer's thread: either the answer, or the accounts to ask the store about.
    private static (PaymentProto.GetTrialBalanceResponse? Newest, AccountName[] Open) Ask(LedgerState state, ulong? asked, LedgerOptions options)
    {
        LedgerAccess.RequireCommitted(asked, state);
        if (asked is not { } sequence || sequence == LedgerAccess.AsOf(state))
        {
            return (Answer(state.Accounts.TrialBalance.Select(line => (line, state.Currencies.Find(line.CurrencyCode)!.Exponent)), LedgerAccess.AsOf(state)), []);
        }

        var count = OpenBy(state.Accounts.All, sequence);
        return count <= options.PastTrialBalanceAccountsMax
            ? (null, [.. state.Accounts.All.Take(count).Select(AccountName.Of)])
            : throw RichErrors.TooLarge(
                "TOO_LARGE", $"{count} accounts were open at sequence {sequence}, and {options.Section}:PastTrialBalanceAccountsMax lets a past trial balance add up {options.PastTrialBalanceAccountsMax}; raise it, ask for the newest state, or run the verb audit");
    }

    // Accounts are ordered by the sequence of their opening.
    private static int OpenBy(IReadOnlyList<AccountState> accounts, ulong sequence)
    {
        var (low, high) = (0, accounts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = accounts[middle].Account.OpenedAtSequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private PaymentProto.GetTrialBalanceResponse Past(
        LedgerNode ledger, AccountName[] open, ulong sequence, LedgerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref running) <= PastAtATimeMax
                ? Answer(AddUp(ledger, open, sequence, cancellationToken), sequence)
                : throw RichErrors.ResourceExhausted(
                    $"{PastAtATimeMax} past trial balances are being added up, the most at a time; ask again after the advised delay", options.RetryAfter);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static IEnumerable<(TrialBalanceLine Line, uint Exponent)> AddUp(
        LedgerNode ledger, AccountName[] open, ulong sequence, CancellationToken cancellationToken)
    {
        var lines = new SortedDictionary<string, (TrialBalanceLine Line, uint Exponent)>(StringComparer.Ordinal);
        foreach (var (i, totals) in ledger.History.TotalsAt(open, sequence).Index())
        {
            if (i % AccountsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var (code, exponent) = (open[i].Account.CurrencyCode, open[i].Account.Exponent);
            var line = lines.TryGetValue(code, out var known) ? known.Line : new TrialBalanceLine(code, default, 0);
            lines[code] = (line with { Totals = line.Totals + totals, AccountCount = line.AccountCount + 1 }, exponent);
        }

        foreach (var line in lines.Values)
        {
            yield return line;
        }
    }

    private static PaymentProto.GetTrialBalanceResponse Answer(IEnumerable<(TrialBalanceLine Line, uint Exponent)> lines, ulong asOf)
    {
        var response = new PaymentProto.GetTrialBalanceResponse { Balanced = true, AsOfSequence = asOf };
        foreach (var (line, exponent) in lines)
        {
            response.Balanced &= line.IsBalanced;
            response.Lines.Add(Balances.ToProto(line, exponent));
        }

        return response;
    }
}
