using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Governance.Engines;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Membership.Keys;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Governance;

/// <summary>Random changes of members, keys and policy over few names; votes name a change by its place among all so far.</summary>
internal static class GovernanceGen
{
    private static readonly Gen<string> Any = Pick("op", "op", "op2", "op2", "reg", "reg", "plat", "prod", "new", "ghost");
    private static readonly Gen<string> KeyId = Pick("k-op", "k-op2", "k-reg", "k-plat", "k-new", "k-more1", "k-more2", "k-none");
    private static readonly Gen<Role[]> Roles = Pick<Role[]>(
        [Role.Operator], [Role.Regulator], [Role.Producer], [Role.Platform, Role.Operator], [Role.Technology]);

    private static readonly Gen<CommandBody> Body = Gen.OneOf(
        Roles.Select(roles => (CommandBody)new EnrolOrganization(TestLedger.Organization("new", roles))),
        Pick("USD", "CHF", "EUR").Select(code => (CommandBody)new DeclareCurrency(new CurrencyDefinition(code, 2))),
        Gen.Select(Pick("k-more1", "k-more2", "k-op"), Gen.Int[0, 5]).Select((id, twist) => (CommandBody)new AddKey(TestLedger.Key(id), twist > 0)),
        Gen.Select(KeyId, Pick("k-more1", "k-more2"), Gen.Int[0, 5]).Select((old, id, twist) => (CommandBody)new RotateKey(old, TestLedger.Key(id), twist > 0)),
        Gen.Select(Gen.OneOf(Gen.Const(""), Any), KeyId).Select((id, key) => (CommandBody)new RevokeKey(id, key, "lost")),
        Any.Select(id => (CommandBody)new SuspendOrganization(id, "unpaid")),
        Any.Select(id => (CommandBody)new ReinstateOrganization(id)),
        Gen.Select(Any, Roles).Select((id, roles) => (CommandBody)new ChangeRoles(id, roles)),
        Gen.Select(Gen.UInt[1, 3], Pick<string[]>([], [], ["op", "op2"], ["op", "reg"], ["op", "op2", "reg"], ["plat"]))
            .Select((k, ids) => (CommandBody)new ChangePolicy(new ApprovalPolicy(k, ids))),
        Gen.Select(Gen.UInt[0, 3], Gen.ULong[0, 30]).Select((version, from) => (CommandBody)new ActivateEngine(version, from)));

    private static readonly Gen<CommandBody> Approval =
        Gen.Int[0, 3].Select(twist => (CommandBody)new ApproveChange(null, twist == 0));

    /// <summary>A step; its Back is the place of the change that a vote is for, counted from the newest.</summary>
    public static Gen<Step> Steps { get; } =
        Gen.Select(Any, Gen.Frequency((3, Body), (4, Approval)), Gen.Frequency((30, Gen.Long[0, 3]), (1, Gen.Const(122L))), Gen.Int[0, 5])
        .Select((by, body, later, back) => new Step(by, body, later, 59, back));

    private static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
