using Google.Protobuf.Reflection;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Policies;

namespace KpGrpc.Gateway.Tests.Security.Policies;

public sealed class PolicyTableTests
{
    private static readonly string[] PersonalFields = ["learner_id", "learner_ids", "subject_pseudonym", "account_id", "purchase_id", "holder", "sequence", "from_sequence"];

    [Fact]
    public void Rows_WholeContract_HasEachMethodOnce()
    {
        var methods = Contract.Services.SelectMany(entry => entry.Service.Methods).Select(method => $"{method.Service.FullName}/{method.Name}");
        string[] others =
        [
            .. Grpc.Health.V1.Health.Descriptor.Methods.Concat(Grpc.Reflection.V1.ServerReflection.Descriptor.Methods)
                .Concat(Grpc.Reflection.V1Alpha.ServerReflection.Descriptor.Methods).Select(method => $"{method.Service.FullName}/{method.Name}"),
        ];
        Assert.Equal(methods.Concat(others).Order(), PolicyTable.Rows.Select(row => $"{row.Service}/{row.Method}").Order());
        Assert.Equal(others.Order(), PolicyTable.Rows.Where(row => row.IsPublic).Select(row => $"{row.Service}/{row.Method}").Order());
        Assert.All(PolicyTable.Rows, row => Assert.True(row.IsPublic == (row.Roles == Roles.None), row.Method));
    }

    [Fact]
    public void Rows_MethodsThatPassThroughAndNameAPerson_AreClosedToLearnersAndPartners()
    {
        var methods = Contract.Services.Where(entry => entry.Destination != Destination.Gateway).SelectMany(entry => entry.Service.Methods)
            .Where(method => method.Service.Name != "AuditService" && method.InputType.Fields.InFieldNumberOrder().Any(field => PersonalFields.Contains(field.Name)))
            .ToArray();
        Assert.InRange(methods.Length, 10, 40);
        Assert.All(methods, method => Assert.False((RowOf(method).Roles & (Roles.Learner | Roles.Partner)) != Roles.None, method.FullName));
    }

    [Fact]
    public void Rows_MethodsThatChangeThings_AreClosedToAuditors()
    {
        string[] words = ["Upsert", "Delete", "Load", "Unload", "Set", "Train", "Purchase", "Refund", "TopUp", "Submit", "Register", "Publish", "Propose", "Sign", "Open", "Record", "Grant", "Revoke", "Repository"];
        var rows = PolicyTable.Rows.Where(row => row.Method is not "RepositoryIndex" && words.Any(word => row.Method.StartsWith(word, StringComparison.Ordinal))).ToArray();
        Assert.InRange(rows.Length, 20, 60);
        Assert.All(rows, row => Assert.False(row.Roles.HasFlag(Roles.Auditor), row.Method));
    }

    private static PolicyRow RowOf(MethodDescriptor method) => PolicyTable.Rows.Single(row => row.Service == method.Service.FullName && row.Method == method.Name);
}
