using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>
/// Order of checks: shape of all lines, amount and currency of each, balance per currency; then line by line account known,
/// submitter may debit a debited one, kind, currency of the account; then line by line limits, against what the lines
/// before leave. The description stays in the command.
/// </summary>
internal sealed class PostMultipleHandler() : CommandHandler<PostMultiple>(CommandKind.PostMultiple, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(PostMultiple body, CommandContext context)
    {
        var draft = new PostingDraft(context.State.Accounts);
        var rejection = CheckShape(body)
            ?? Shape.Each(body.Lines, (line, i) => context.State.Currencies.CheckPositive(Field(i, "amount"), line.Amount))
            ?? CheckBalanced(body)
            ?? Shape.Each(body.Lines, (line, i) => CheckAccount(line, Field(i, "account_id"), context))
            ?? Shape.Each(body.Lines, (line, i) => draft.Add(
                Field(i, "account_id"),
                context.State.Accounts.Find(line.AccountId)!.Account,
                line.Direction,
                line.Amount,
                PostingReason.Transfer));
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(context, PostingSource.None);
        return null;
    }

    private static Rejection? CheckShape(PostMultiple body) =>
        Shape.Range("lines.count", body.Lines.Count, 2, EngineLimits.PostingLinesMax)
        ?? Shape.Each(body.Lines, (line, i) =>
            Shape.Id(Field(i, "account_id"), line.AccountId) ?? Shape.Defined(Field(i, "direction"), line.Direction))
        ?? Shape.OptionalId("description_code", body.DescriptionCode);

    private static Rejection? CheckBalanced(PostMultiple body)
    {
        var sums = new SortedDictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var line in body.Lines)
        {
            var amount = line.Direction == Direction.Debit ? line.Amount.MinorUnits : -(Int128)line.Amount.MinorUnits;
            sums[line.Amount.CurrencyCode] = sums.GetValueOrDefault(line.Amount.CurrencyCode) + amount;
        }

        foreach (var (currency, sum) in sums)
        {
            if (sum != 0)
            {
                return Rejection.Because(
                    RejectionReason.PostingsUnbalanced,
                    $"lines: debits and credits in {currency} differ by {Int128.Abs(sum)} minor units; make them equal.");
            }
        }

        return null;
    }

    private static Rejection? CheckAccount(PostingLine line, string field, CommandContext context)
    {
        var account = context.State.Accounts.Find(line.AccountId);
        return AccountChecks.Known(field, account)
            ?? (line.Direction == Direction.Debit ? AccountChecks.Debitable(field, account!, context) : null)
            ?? AccountChecks.Kind(
                field, account!, AccountKind.Wallet, AccountKind.Revenue, AccountKind.Liability, AccountKind.Suspense)
            ?? AccountChecks.Currency(field, account!, line.Amount);
    }

    private static string Field(int index, string name) => FormattableString.Invariant($"lines[{index}].{name}");
}
