using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>One party's part of a split, as <c>kp.payment.v1.SplitLine</c>.</summary>
/// <param name="OrganizationId">The party.</param>
/// <param name="Role">Role in which it is paid.</param>
/// <param name="Ppm">Its share by the agreement; of a royalty its share of the ancestor.</param>
/// <param name="Amount">Its part, 0 or more; all lines sum to exactly the amount.</param>
/// <param name="AccountId">Account that is credited where the part is above 0.</param>
/// <param name="RoyaltyOfWorkId">Ancestor that the line pays a royalty for; empty for a plain share.</param>
internal sealed record SplitLine(
    string OrganizationId, Role Role, uint Ppm, Money Amount, string AccountId, string RoyaltyOfWorkId = "");
