using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// The state that a ledger starts from, before sequence 0. Plain data; <c>GenesisValidator.Faults</c> says what
/// is wrong with it, and the engine refuses one with faults.
/// </summary>
internal sealed record Genesis
{
    /// <summary>Network, an id.</summary>
    public required string NetworkId { get; init; }

    /// <summary>Ledger, an id.</summary>
    public required string LedgerId { get; init; }

    /// <summary>Currencies declared from the start; each code once. May be empty.</summary>
    public IReadOnlyList<CurrencyDefinition> Currencies { get; init; } = [];

    /// <summary>First members, 1 or more, each id once.</summary>
    public required IReadOnlyList<OrganizationDefinition> Organizations { get; init; }

    /// <summary>k: approvals that a change of membership or currencies needs, 1 to the number of approvers.</summary>
    public uint ApprovalsNeeded { get; init; } = 1;

    /// <summary>
    /// n: organisations that may approve, each an operator or regulator. Empty means all active operators and regulators.
    /// </summary>
    public IReadOnlyList<string> ApproverOrganizationIds { get; init; } = [];

    /// <summary>Logs of other ledgers whose receipts count here, each ledger and origin once. May be empty.</summary>
    public IReadOnlyList<ForeignLog> ForeignLogs { get; init; } = [];
}
