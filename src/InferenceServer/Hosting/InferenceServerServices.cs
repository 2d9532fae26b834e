using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Models.Propensity.Serving;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Models.Tagging.Serving;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Recommending.Rules;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Recommending.Transformer;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Registry.Traffic;
using KpGrpc.InferenceServer.Services;
using KpGrpc.InferenceServer.Services.Inferring;
using KpGrpc.InferenceServer.Services.Models;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.InferenceServer.Telemetry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training.Orders;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Hosting;

/// <summary>The parts of the server in the order in which data flows.</summary>
internal static class InferenceServerServices
{
    /// <summary>Adds the whole server.</summary>
    public static IServiceCollection AddInferenceServer(this IServiceCollection services) => services
        .AddSettings()
        .AddRedis()
        .AddTorch()
        .AddCatalog()
        .AddEvents()
        .AddModels()
        .AddRecommending()
        .AddProfiles()
        .AddEdge();

    private static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TorchOptions, TorchOptionsValidator>().BindConfiguration(TorchOptions.SectionName);
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().BindConfiguration(StorageOptions.SectionName);
        services.AddOptionsWithValidateOnStart<HistoryOptions, HistoryOptionsValidator>().BindConfiguration(HistoryOptions.SectionName);
        services.AddOptionsWithValidateOnStart<CountsOptions, CountsOptionsValidator>().BindConfiguration(CountsOptions.SectionName);
        services.AddOptionsWithValidateOnStart<TrainingOptions, TrainingOptionsValidator>().BindConfiguration(TrainingOptions.SectionName);
        services.AddOptionsWithValidateOnStart<ContentOptions, ContentOptionsValidator>().BindConfiguration(ContentOptions.SectionName);
        services.AddOptionsWithValidateOnStart<RecommendationOptions, RecommendationOptionsValidator>().BindConfiguration(RecommendationOptions.SectionName);
        services.AddOptionsWithValidateOnStart<ProfileOptions, ProfileOptionsValidator>().BindConfiguration(ProfileOptions.SectionName);
        services.AddOptionsWithValidateOnStart<RegistryOptions, RegistryOptionsValidator>().BindConfiguration(RegistryOptions.SectionName);
        services.AddOptionsWithValidateOnStart<OrderOptions, OrderOptionsValidator>().BindConfiguration(OrderOptions.SectionName);
        services.AddSingleton<IValidateOptions<BatchingOptions>, BatchingOptionsValidator>();
        services.AddOptions<BatchingOptions>().BindConfiguration(BatchingOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IConfigureOptions<BatchingOptions>, ModelBatching>();
        return services;
    }

    private static IServiceCollection AddTorch(this IServiceCollection services) => services
        .PostConfigure<TorchOptions>(options => options.Threads = Math.Max(1, options.Threads))
        .AddSingleton<TorchRuntime>()
        .AddHostedService<OpenAtStart>();

    private static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<Func<ReadOnlyMemory<byte>, Work>>(WorkTranslation.Decode)
        .AddSingleton<WorkStore>();

    private static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<Func<ReadOnlyMemory<byte>, LearnerEvent>>(EventTranslation.Decode)
        .AddSingleton<Erasures>()
        .AddSingleton<EventLog>()
        .AddSingleton<LearnerHistories>()
        .AddSingleton<EventRecorder>()
        .AddHostedService<Deferred<EventRecorder>>()
        .AddSingleton<SharedErasures>()
        .AddSingleton<LearnerEraser>()
        .AddHostedService<Deferred<LearnerEraser>>();

    private static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<RegistryStart>("models", tags: [Readiness.Tag]);
        return services
            .AddSingleton<InferenceMetrics>()
            .AddSingleton(provider => new ModelFolders(provider.GetRequiredService<IOptions<RegistryOptions>>().Value.Directory))
            .AddSingleton(provider => new RememberedWrites(provider.GetRequiredService<IOptions<RegistryOptions>>().Value.KeysMax))
            .AddSingleton<ShadowQueue>().AddHostedService<Deferred<ShadowQueue>>()
            .AddSingleton<ModelCatalog>()
            .AddSingleton<IModelLoader, SequenceLoader>()
            .AddSingleton<IModelLoader, TaggerLoader>()
            .AddSingleton<IModelLoader, PropensityLoader>()
            .AddSingleton<VersionLoader>()
            .AddSingleton<EventInteractions>()
            .AddSingleton<RecommenderOrders>()
            .AddSingleton<TaggerOrders>()
            .AddSingleton<IModelTrainer>(provider => provider.GetRequiredService<RecommenderOrders>())
            .AddSingleton<IModelTrainer>(provider => provider.GetRequiredService<TaggerOrders>())
            .AddSingleton<IModelTrainer>(provider => ActivatorUtilities.CreateInstance<PropensityOrders>(provider, RiskKind.Churn))
            .AddSingleton<IModelTrainer>(provider => ActivatorUtilities.CreateInstance<PropensityOrders>(provider, RiskKind.Conversion))
            .AddSingleton<IModelEvaluator, PropensityEvaluator>()
            .AddSingleton<IModelEvaluator>(provider => provider.GetRequiredService<RecommenderOrders>())
            .AddSingleton<IModelEvaluator>(provider => provider.GetRequiredService<TaggerOrders>())
            .AddSingleton<OrderDesk>()
            .AddSingleton<ModelRegistry>()
            .AddSingleton<RegistryStart>().AddHostedService<Deferred<RegistryStart>>();
    }

    private static IServiceCollection AddRecommending(this IServiceCollection services)
    {
        services.AddSingleton<CountsTraining>().AddHostedService<Deferred<CountsTraining>>();
        services.AddHealthChecks().AddCheck<CountsTraining>("counts", tags: [Readiness.Tag]);
        return services
            .AddSingleton<CountsScorerSource>()
            .AddSingleton<IScorerSource, TransformerSource>()
            .AddSingleton<IScorerSource>(provider => provider.GetRequiredService<CountsScorerSource>()) // last: what serves where no other does
            .AddSingleton<Scorers>()
            .AddSingleton<ContentIndexing>()
            .AddHostedService<Deferred<ContentIndexing>>()
            .AddSingleton<CatalogScoring>()
            .AddSingleton<BusinessRules>()
            .AddSingleton<Recommender>()
            .AddSingleton<SimilarWorks>()
            .AddSingleton<CountsTensors>();
    }

    private static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<IRiskModels, RegisteredRisks>()
        .AddSingleton<ProfileBuilder>()
        .AddSingleton<TextTagger>()
        .AddSingleton<ILearnerTagger, RegisteredTagger>();

    private static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddSingleton<ProfileJoin>();
        services.AddGrpc(options => options.Interceptors.Add<FailureInterceptor>());
        return services.AddSingleton<ModelListing>().AddSingleton<OpenModels>().AddSingleton<OpenRepository>();
    }
}
