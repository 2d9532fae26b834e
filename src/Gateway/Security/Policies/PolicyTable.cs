using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Tokens.Development;

using static KpGrpc.Gateway.Security.Callers.Roles;

namespace KpGrpc.Gateway.Security.Policies;

/// <summary>
/// Who may call what: the whole policy of the Gateway. What stands in no row is refused to everybody. A learner reaches
/// her own data alone and a partner her organisation's, which is checked where the Gateway decodes the request; so what
/// passes through undecoded is open to them only where nothing of one learner or organisation is in it.
/// </summary>
internal static class PolicyTable
{
    private const Roles Staff = Operator | Auditor | Service;
    private const Roles Readers = Partner | Staff;

    /// <summary>Every method of the contract, of health and of reflection.</summary>
    public static IReadOnlyList<PolicyRow> Rows { get; } =
    [
        // The learner's door; a service acts for a learner whom it names.
        .. Of("kp.learner.v1.LearnerService", Learner | Service,
            "GetHome", "GetProfile", "Search", "Purchase", "Refund", "GetLibrary", "Ask", "GetReceipt", "GrantConsent", "RevokeConsent", "ListConsents", "TopUp", "GetWallet"),

        // The partner's door; what it signs or discloses is the partner's own to ask for.
        .. Of("kp.partner.v1.PartnerService", Partner,
            "RegisterWork", "PublishOffer", "ProposeAgreement", "SignAgreement", "OpenDispute", "GetAudienceInsight"),
        .. Of("kp.partner.v1.PartnerService", Partner | Operator | Auditor, "ListAgreements", "ListWorks", "GetStatement", "GetReceipt"),

        // A learner's app records what she does herself, but for purchases and refunds, which the Gateway records.
        .. Of("kp.event.v1.EventService", Learner | Service, "RecordEvents"),

        .. Of("kp.catalog.v1.CatalogService", Operator | Service, "UpsertWorks", "DeleteWorks"),
        .. Of("kp.catalog.v1.CatalogService", Learner | Readers, "GetWork", "SearchWorks"),

        // These name a learner and pass through undecoded: never open to learners, who have LearnerService.
        .. Of("kp.profile.v1.ProfileService", Service, "GetProfile", "BatchGetProfiles"),
        .. Of("kp.profile.v1.ProfileService", Operator | Service, "TagText", "DeleteLearner"),
        .. Of("kp.recommendation.v1.RecommendationService", Operator | Service, "Recommend", "BatchRecommend", "ExplainRecommendation"),
        .. Of("kp.recommendation.v1.RecommendationService", Learner | Partner | Operator | Service, "SimilarWorks"),
        .. Of("kp.knowledge.v1.KnowledgeService", Service, "Ask"),

        .. Of("kp.strategy.v1.StrategyService", Operator | Service, "FitStrategy", "OptimizeStrategy", "SimulateStrategy"),
        .. Of("kp.model.v1.ModelService", Staff, "ListModels"),
        .. Of("kp.model.v1.ModelService", Operator, "LoadModel", "UnloadModel", "SetTraffic", "Train", "Evaluate"),
        .. Of("inference.GRPCInferenceService", Staff, "ServerLive", "ServerReady", "ModelReady", "ServerMetadata", "ModelMetadata", "RepositoryIndex"),
        .. Of("inference.GRPCInferenceService", Operator | Service, "ModelInfer"),
        .. Of("inference.GRPCInferenceService", Operator, "RepositoryModelLoad", "RepositoryModelUnload"),

        // A command carries its organisation's own signature, which the ledger checks.
        .. Of("kp.ledger.v1.LedgerService", Partner | Operator | Service, "Submit", "SubmitBatch"),
        .. Of("kp.ledger.v1.LedgerService", Staff, "GetReceipt", "WatchEntries"),
        .. Of("kp.ledger.v1.LedgerService", Learner | Readers, "GetStatus"),

        // Members, their public keys, and the works and offers of all are common knowledge of the network.
        .. Of("kp.membership.v1.MembershipService", Readers, "GetOrganization", "ListOrganizations", "ListKeys", "ListPendingChanges"),
        .. Of("kp.copyright.v1.CopyrightService", Learner | Readers, "GetWork", "ListOffers"),
        .. Of("kp.copyright.v1.CopyrightService", Readers, "ListWorks"),
        .. Of("kp.copyright.v1.CopyrightService", Staff, "CheckEntitlement", "GetWorkHistory", "ListLicences", "GetDispute"),

        // Terms, accounts and statements of any organisation: partners ask PartnerService for their own.
        .. Of("kp.agreement.v1.AgreementService", Staff, "GetAgreement", "ListAgreements", "GetActiveAgreement"),
        .. Of("kp.payment.v1.PaymentService", Staff,
            "GetAccount", "ListAccounts", "GetBalance", "ListPostings", "GetHold", "GetPurchase", "GetPool", "GetStatement", "GetTrialBalance"),
        .. Of("kp.payment.v1.PaymentService", Readers, "ListSettlementPeriods"),
        .. Of("kp.sharing.v1.SharingService", Auditor | Service, "ProveConsent", "ListConsents", "ListAccesses"),
        .. Of("kp.sharing.v1.SharingService", Service, "ReadSubjectData"),

        // Hashes and signatures, for whoever holds a receipt.
        .. Of("kp.audit.v1.AuditService", All, "GetCheckpoint", "GetInclusionProof", "GetConsistencyProof", "ListCosignatures"),
        .. Of("kp.audit.v1.AuditService", Partner | Operator | Auditor, "AddCosignature"),

        // Balancers have no credentials, and the contract is published anyway.
        .. Public("grpc.health.v1.Health", "Check", "Watch"),
        .. Public("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo"),
        .. Public("grpc.reflection.v1alpha.ServerReflection", "ServerReflectionInfo"),
    ];

    /// <summary>Every path of HTTP that is no method, as it is routed. Others have to say themselves that they are public.</summary>
    public static IReadOnlyList<PolicyRow> Paths { get; } =
    [
        .. Public("/health/live", string.Empty),
        .. Public("/health/ready", string.Empty),
        .. Of("/metrics", Staff, string.Empty),
        .. Public(DevelopmentEndpoints.MetadataPath, string.Empty),
        .. Public(DevelopmentEndpoints.KeysPath, string.Empty),
        .. Public(DevelopmentEndpoints.TokenPath, string.Empty),
    ];

    private static IEnumerable<PolicyRow> Of(string service, Roles roles, params string[] methods) =>
        methods.Select(method => new PolicyRow(service, method, roles));

    private static IEnumerable<PolicyRow> Public(string service, params string[] methods) =>
        methods.Select(method => new PolicyRow(service, method, Roles.None, IsPublic: true));
}
