using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Order of checks: shape, currency, pool new, account new, members known, limit. The submitter owns the pool and its
/// account, and says for good who else may pay in and record usage: usage decides who is paid, so a stranger's must not count.
/// </summary>
internal sealed class OpenPoolHandler() : CommandHandler<OpenPool>(CommandKind.OpenPool, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(OpenPool body, CommandContext context)
    {
        var state = context.State;
        var rejection = CheckShape(body, context)
            ?? state.Currencies.Check("open_pool", body.CurrencyCode, body.Exponent)
            ?? CheckNew(body, state)
            ?? Shape.Each(body.MemberOrganizationIds, (id, i) =>
                state.Membership.CheckKnown(FieldOf(i), id))
            ?? CheckLimit(state.Pools);
        if (rejection is not null)
        {
            return rejection;
        }

        var account = AccountOf(body, context);
        state.Accounts.Open(account);
        context.Record(new AccountOpened(account));
        state.Pools.Add(new Pool
        {
            PoolId = body.PoolId,
            AccountId = body.AccountId,
            CurrencyCode = body.CurrencyCode,
            Exponent = body.Exponent,
            Method = body.Method,
            OwnerOrganizationId = context.Submitter,
            MemberOrganizationIds = body.MemberOrganizationIds,
            OpenedAtSequence = context.Sequence,
        });
        context.Record(new PoolOpened(body.PoolId, body.AccountId));
        return null;
    }

    private static Rejection? CheckShape(OpenPool body, CommandContext context) =>
        Shape.Id("pool_id", body.PoolId)
        ?? Shape.Id("account_id", body.AccountId)
        ?? (RevenueAccounts.IsReserved(body.AccountId) || EscrowAccounts.IsReserved(body.AccountId) || ForeignAccounts.IsReserved(body.AccountId)
            ? Shape.Malformed($"account_id: ids that begin with revenue/, escrow/ or foreign/ are the ledger's own; choose another.")
            : null)
        ?? Shape.Defined("method", body.Method)
        ?? Shape.Range("member_organization_ids.count", body.MemberOrganizationIds.Count, 0, EngineLimits.PoolMembersMax)
        ?? Shape.Each(body.MemberOrganizationIds, (id, i) => Shape.Id(FieldOf(i), id))
        ?? CheckDistinct(body, context.Submitter);

    private static Rejection? CheckDistinct(OpenPool body, string submitter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { submitter };
        return Shape.Each(body.MemberOrganizationIds, (id, i) =>
            seen.Add(id) ? null : Shape.Malformed($"{FieldOf(i)}: named twice, or the submitter itself; name each other one once."));
    }

    private static string FieldOf(int index) => FormattableString.Invariant($"member_organization_ids[{index}]");

    private static Rejection? CheckNew(OpenPool body, LedgerState state)
    {
        if (state.Pools.Find(body.PoolId) is not null)
        {
            return Rejection.Because(
                RejectionReason.AlreadyExists, $"pool_id: a pool with this id exists; choose another id.");
        }

        return state.Accounts.Find(body.AccountId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"account_id: an account with this id exists; choose another id.");
    }

    private static Rejection? CheckLimit(PoolTable pools) =>
        pools.All.Count < EngineLimits.PoolsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached, $"pool_id: a ledger has at most {EngineLimits.PoolsMax} pools; use one of them.");

    private static Account AccountOf(OpenPool body, CommandContext context) => new()
    {
        AccountId = body.AccountId,
        Owner = AccountOwner.Organization(context.Submitter),
        Kind = AccountKind.Pool,
        CurrencyCode = body.CurrencyCode,
        Exponent = body.Exponent,
        Limits = default,
        OpenedAtSequence = context.Sequence,
        OpenedByOrganizationId = context.Submitter,
    };
}
