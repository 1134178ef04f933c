"""What municipal staff say about the work of mediators, and what was recommended."""

from evaluation.models.answers import Answer, AnswerSheet
from evaluation.models.recommendation import FollowUp, Recommendation
from evaluation.models.survey import Questionnaire, SurveyLink, SurveyRound

__all__ = [
    "Answer",
    "AnswerSheet",
    "FollowUp",
    "Questionnaire",
    "Recommendation",
    "SurveyLink",
    "SurveyRound",
]
