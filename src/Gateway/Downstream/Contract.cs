using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Knowledge.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Partner.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Protos.Sharing.V1;
using KpGrpc.Protos.Strategy.V1;

using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace KpGrpc.Gateway.Downstream;

/// <summary>Every service of the contract and who serves it: the Gateway's routing table.</summary>
internal static class Contract
{
    public static IReadOnlyList<(ServiceDescriptor Service, Destination Destination)> Services { get; } =
    [
        (LearnerService.Descriptor, Destination.Gateway),
        (PartnerService.Descriptor, Destination.Gateway),
        // Relayed by the Gateway itself, because acknowledged events end cached profiles.
        (EventService.Descriptor, Destination.Gateway),
        (CatalogService.Descriptor, Destination.Inference),
        (ProfileService.Descriptor, Destination.Inference),
        (RecommendationService.Descriptor, Destination.Inference),
        (KnowledgeService.Descriptor, Destination.Inference),
        (StrategyService.Descriptor, Destination.Inference),
        (ModelService.Descriptor, Destination.Inference),
        (Protos.Inference.GRPCInferenceService.Descriptor, Destination.Inference),
        (LedgerService.Descriptor, Destination.Ledger),
        (MembershipService.Descriptor, Destination.Ledger),
        (CopyrightService.Descriptor, Destination.Ledger),
        (AgreementService.Descriptor, Destination.Ledger),
        (PaymentService.Descriptor, Destination.Ledger),
        (SharingService.Descriptor, Destination.Ledger),
        (AuditService.Descriptor, Destination.Ledger),
    ];
}
