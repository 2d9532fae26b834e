using CsCheck;

using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Tests.Wire;

public sealed class WireValuesTests
{
    public static TheoryData<System.Type, System.Type> Enums => new()
    {
        { typeof(LedgerServer.Execution.CommandKind), typeof(Protos.Ledger.V1.CommandKind) },
        { typeof(LedgerServer.Execution.RejectionReason), typeof(Protos.Ledger.V1.RejectionReason) },
        { typeof(LedgerServer.Execution.Membership.Role), typeof(Protos.Membership.V1.Role) },
        { typeof(LedgerServer.Execution.Membership.KeyAlgorithm), typeof(Protos.Membership.V1.KeyAlgorithm) },
        { typeof(LedgerServer.Execution.Membership.OrganizationStatus), typeof(Protos.Membership.V1.OrganizationStatus) },
        { typeof(LedgerServer.Execution.Membership.KeyStatus), typeof(Protos.Membership.V1.KeyStatus) },
        { typeof(LedgerServer.Execution.Works.WorkKind), typeof(Protos.Type.V1.WorkKind) },
        { typeof(LedgerServer.Execution.Works.KnowledgeField), typeof(Protos.Type.V1.KnowledgeField) },
        { typeof(LedgerServer.Execution.Works.HashAlgorithm), typeof(Protos.Copyright.V1.HashAlgorithm) },
        { typeof(LedgerServer.Execution.Licences.LicenceUse), typeof(Protos.Copyright.V1.LicenceUse) },
        { typeof(LedgerServer.Execution.Licences.LicenceStatus), typeof(Protos.Copyright.V1.LicenceStatus) },
        { typeof(LedgerServer.Execution.Disputes.DisputeStatus), typeof(Protos.Copyright.V1.DisputeStatus) },
        { typeof(LedgerServer.Execution.Agreements.AgreementStatus), typeof(Protos.Agreement.V1.AgreementStatus) },
        { typeof(LedgerServer.Execution.Agreements.RevenueKind), typeof(Protos.Agreement.V1.RevenueKind) },
        { typeof(LedgerServer.Execution.Agreements.RoundingRule), typeof(Protos.Agreement.V1.RoundingRule) },
        { typeof(LedgerServer.Execution.Accounts.AccountKind), typeof(Protos.Payment.V1.AccountKind) },
        { typeof(LedgerServer.Execution.Accounts.Direction), typeof(Protos.Payment.V1.Direction) },
        { typeof(LedgerServer.Execution.Accounts.PostingState), typeof(Protos.Payment.V1.PostingState) },
        { typeof(LedgerServer.Execution.Accounts.PostingReason), typeof(Protos.Payment.V1.PostingReason) },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void Defined_EveryEngineEnum_HasTheContractsNumbersAndNames(System.Type engine, System.Type contract)
    {
        var expected = System.Enum.GetValues(contract).Cast<object>().Where(value => (int)value != 0).ToDictionary(value => (int)value, value => value.ToString());
        var found = System.Enum.GetValues(engine).Cast<object>().Where(value => (int)value != 0).ToDictionary(value => (int)value, value => value.ToString());
        Assert.Equal(expected.OrderBy(pair => pair.Key), found.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void ToTimestamp_AnyMicros_ReadsBackTheSame() => Gen.Long[-62_135_596_800_000_000, 253_402_300_799_999_999].Sample(micros =>
        WireValues.Micros(new FieldViolations(), "at", WireValues.ToTimestamp(micros)) == micros);

    [Fact]
    public void Micros_OutsideTheRange_IsAFault()
    {
        var faults = new FieldViolations();
        Assert.Null(WireValues.Micros(faults, "at", new Timestamp { Seconds = 253_402_300_800 }));
        Assert.Null(WireValues.Micros(faults, "at", new Timestamp { Nanos = -1 }));
        Assert.True(faults.Any);
    }

    [Fact]
    public void Defined_UnknownNumber_IsAFault()
    {
        var faults = new FieldViolations();
        WireValues.Defined<LedgerServer.Execution.Membership.Role>(faults, "role", 99);
        Assert.True(faults.Any);
    }
}
